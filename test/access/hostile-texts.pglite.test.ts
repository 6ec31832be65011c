import type { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kit, testProject } from '../../src/cli/generate/project.fixture.ts';
import { migrate } from '../../src/migrations/index.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';

/** Texts that could end a literal, a comment or a statement on the way to the database. */
const TEXTS = [
  'internal--secret',
  '--',
  'a;b',
  '; drop table t0; --',
  '--> statement-breakpoint',
  '$$',
  '$rule1$ $block1$',
  "it's ''",
  '"',
  '\\',
  "\\' --",
  '*/ /*',
  '${x}`',
  'new\nline\r\n\ttab',
  'ü 🪴 \u2028 \u202e',
  '%s $1 :a ?',
  '',
  'x'.repeat(20_000),
] as const;

const literal = (text: string): string => JSON.stringify(text);
/** A role must have a name. */
const wordOf = (text: string): string => text || 'word';
const path = TEXTS.filter((text) => text !== '' && !/\p{Cc}/u.test(text));

/** One table per text. The text is in its policies, its check, a role name and a claim's path. */
const SCHEMA = `
import { text } from 'drizzle-orm/pg-core';
import { and, anyone, defineAccess, enumeration, eq, id, ne, oneOf, or, pgTable, role } from ${kit};
const { access, claims } = defineAccess({
  role: 'App_User--;',
  claims: { ${path.map((step, at) => `c${at}: { type: 'text', at: [${literal(step)}] }`).join(', ')} },
});
${TEXTS.map(
  (
    text,
    at,
  ) => `export const t${at} = pgTable('t${at}', { id: id(), kind: text('kind').notNull() }, (t) => [
  ...access(t, {
    read: ne(t.kind, ${literal(text)}),
    insert: ne(t.kind, ${literal(text)}),
    update: and(ne(t.kind, ${literal(text)}), role(${literal(wordOf(text))})),
  }),
]).enableRLS();
export const e${at} = pgTable('e${at}', { id: id(), word: enumeration('word', [${literal(text)}, 'other']).notNull() }, (t) => [oneOf(t.word)]);`,
).join('\n')}
${path
  .map(
    (
      _,
      at,
    ) => `export const p${at} = pgTable('p${at}', { id: id(), kind: text('kind').notNull() }, (t) => [
  ...access(t, { read: eq(t.kind, claims.c${at}) }),
]).enableRLS();`,
  )
  .join('\n')}
`;

let database: PGlite;
beforeAll(async () => {
  using project = testProject({ 'schema.ts': SCHEMA });
  for (const args of [[], ['--check']]) {
    const { code, out, err } = await project.generate(args);
    if (code !== 0) throw new Error(out + err);
  }
  database = await blankPostgres();
  await migrate(database, { folder: join(project.folder, 'migrations') });
});
afterAll(() => database.close());

const ID = '00000000-0000-4000-8000-000000000001';

async function as(claims: object, query: string, values: unknown[] = []): Promise<unknown[]> {
  return database.transaction(async (tx) => {
    await tx.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)]);
    await tx.exec('set local role "App_User--;"');
    const { rows } = await tx.query(query, values);
    return rows;
  });
}

describe.each(TEXTS.map((text, at) => ({ at, shown: text.slice(0, 24), text })))(
  'the text $shown',
  ({ at, text }) => {
    test('in a policy hides and refuses the row', async () => {
      await database.query(`insert into t${at} values ($1, $2)`, [ID, text]);
      expect(await as({}, `select id from t${at}`)).toEqual([]);
      await expect(
        as({}, `insert into t${at} values (gen_random_uuid(), $1)`, [text]),
      ).rejects.toThrow('row-level security');
      await as({}, `insert into t${at} values (gen_random_uuid(), 'other')`);
      expect(await as({}, `select kind from t${at}`)).toEqual([{ kind: 'other' }]);
    });

    test('in a role name works in the WITH CHECK of an update', async () => {
      const change = `update t${at} set kind = $1 returning kind`;
      expect(await as({ roles: ['x'] }, change, ['more'])).toEqual([]);
      expect(await as({ roles: [wordOf(text)] }, change, ['more'])).toEqual([{ kind: 'more' }]);
      await expect(as({ roles: [wordOf(text)] }, change, [text])).rejects.toThrow(
        'row-level security',
      );
    });

    test('works as a value of an enumeration', async () => {
      await database.query(`insert into e${at} values (gen_random_uuid(), $1)`, [text]);
      await expect(
        database.query(`insert into e${at} values (gen_random_uuid(), $1)`, [`${text}.`]),
      ).rejects.toThrow(`e${at}_word_check`);
    });
  },
);

test.each(path.map((step, at) => ({ at, step })))(
  'is a step to a claim: $step',
  async ({ at, step }) => {
    await database.query(`insert into p${at} values ($1, 'mine')`, [ID]);
    const ask = `select kind from p${at}`;
    expect(await as({ [step]: 'mine' }, ask)).toEqual([{ kind: 'mine' }]);
    expect(await as({ [step]: 'other' }, ask)).toEqual([]);
    expect(await as({ other: 'mine' }, ask)).toEqual([]);
  },
);
