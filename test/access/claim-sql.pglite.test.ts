import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLAIM_READERS, readClaimSql } from '../../src/rules/claim-sql.ts';
import { emitClaimFunctions } from '../../src/emit/companion/emit-claim-functions.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { ruleToSql, type SqlContext } from '../../src/rules/rule-to-sql.ts';
import type { ClaimDeclaration, Claims, ClaimType, Rule } from '../../src/model/rule.ts';
import { ownClaim } from '../../src/testing/access/own-claims.ts';

const uuid = '018f2b6a-7c3d-7e4f-8a9b-0c1d2e3f4a5b';

/** Values that a careless parser of claims might accept. */
const VALUES: readonly unknown[] = [
  uuid,
  uuid.toUpperCase(),
  `{${uuid}}`,
  `${uuid}\n`,
  `\n${uuid.slice(1)}`,
  uuid.replaceAll('-', ''),
  uuid.replace(/b$/, 'g'),
  uuid.replace(/b$/, '-'),
  uuid.replace(/b$/, '٣'),
  uuid.replace(/b$/, '\u{1f600}'),
  uuid.replace(/^0/, '%'),
  '-'.repeat(36),
  `${uuid.slice(0, 4)}-${uuid.slice(4).replace('-', '')}`,
  // One additional hyphen in place of each digit.
  ...Array.from(uuid, (_, at) => `${uuid.slice(0, at)}-${uuid.slice(at + 1)}`),
  `${uuid}0`,
  uuid.slice(1),
  '',
  'null',
  'true',
  '7',
  "o'clock \\ {x}",
  7,
  7.5,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e300,
  true,
  false,
  null,
  {},
  { [uuid]: 1 },
];
const lists = VALUES.flatMap((value) => [[value], [value, uuid], [value, 7], [value, 'x', 'x']]);

const TYPES = Object.keys(CLAIM_READERS) as ClaimType[];
const PATH = ['app "metadata"', "it's"];
const declared = (type: ClaimType): ClaimDeclaration => ({ type, path: PATH });

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  const functions = emitClaimFunctions(TYPES).map(({ create }) => create);
  await client.exec(['create schema access;', ...functions].join('\n'));
});
afterAll(() => client.close());

test.each(TYPES)('a claim of the form %s is read as the rules mean it', async (type) => {
  const read = `select to_jsonb(${readClaimSql(declared(type))}) as found`;
  const tokens: readonly Claims[] = [
    {},
    { [PATH[0] as string]: [uuid] },
    ...[...VALUES, [], ...lists].map((value) => ({
      [PATH[0] as string]: { [PATH[1] as string]: value },
    })),
  ];
  for (const token of tokens) {
    await client.query(`select set_config('request.jwt.claims', $1, false)`, [
      JSON.stringify(token),
    ]);
    const { rows } = await client.query<{ found: unknown }>(read);
    expect(rows[0]?.found ?? undefined, JSON.stringify(token)).toEqual(
      ownClaim(declared(type), token),
    );
  }
});

test.each(TYPES)('without a token there is no %s', async (type) => {
  await client.query(`select set_config('request.jwt.claims', '', false)`);
  const { rows } = await client.query(`select ${readClaimSql(declared(type))} as found`);
  expect(rows).toEqual([{ found: null }]);
});

/** Conditions that are unknown without the claim, so neither they nor their negations allow. */
const UNKNOWN: readonly Rule[] = [
  { op: 'role', role: 'admin' },
  { op: 'or', rules: ['admin', 'editor'].map((role): Rule => ({ op: 'role', role })) },
  { op: 'in', column: 'title', values: { claim: 'roles', type: 'text' } },
  { op: 'compare', column: 'title', with: '=', value: { claim: 'nick', type: 'text' } },
];

test.each(UNKNOWN)('without its claim, %j and its negation allow nothing', async (rule) => {
  const claims = {
    sub: declared('uuid'),
    roles: declared('text[]'),
    nick: declared('text'),
  };
  const context: SqlContext = {
    rules: { claims, tables: {} },
    column: () => `'admin'::text`,
    claim: (_, isList) => (isList ? 'null::text[]' : 'null::text'),
  };
  const [positive, negative] = [rule, { op: 'not', rule } as const].map(
    (one) => `(${ruleToSql(one, context)})`,
  );
  const { rows } = await client.query(`select ${positive} as own, ${negative} as negated`);
  expect(rows).toEqual([{ own: null, negated: null }]);
});
