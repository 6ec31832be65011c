import type { PGlite } from '@electric-sql/pglite';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import {
  bigint,
  char,
  doublePrecision,
  jsonb,
  numeric,
  pgTable as drizzleTable,
  real,
  text,
  varchar,
} from 'drizzle-orm/pg-core';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  atLeast,
  between,
  id,
  matches,
  maxLength,
  newId,
  notBlank,
  pgTable,
} from '../../src/kit/index.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { insertSchema } from '../../src/zod/index.ts';

/** Columns whose type changes a value before the CHECK sees it. */
const stored = pgTable(
  'stored',
  {
    id: id(),
    real: real('real'),
    large: real('large'),
    double: doublePrecision('double'),
    price: numeric('price', { precision: 6, scale: 2, mode: 'number' }),
    code: char('code', { length: 4 }),
    visible: char('visible', { length: 3 }),
    short: char('short', { length: 8 }),
    cut: varchar('cut', { length: 4 }),
    mended: text('mended'),
    json: jsonb('json'),
  },
  (t) => [
    between(t.real, 0, 0.1),
    atLeast(t.large, 16_777_217),
    between(t.double, 0, 0.1),
    between(t.price, -1, 100),
    matches(t.code, /^[a-z]+$/),
    notBlank(t.visible),
    maxLength(t.short, 5),
    matches(t.cut, /^[a-z]+$/),
    matches(t.mended, /^\ufffd*$/, { max: 2 }),
  ],
);

/** Drizzle's own `pgTable` accepts a bound on a column whose values exceed JavaScript's numbers. */
const exact = drizzleTable(
  'exact',
  {
    id: id(),
    fixed: numeric('fixed', { precision: 30, scale: 20 }),
    wide: numeric('wide'),
    bigint: bigint('bigint', { mode: 'bigint' }),
  },
  (t) => [
    between(t.fixed as never, -0.5, 1),
    between(t.wide as never, 0, 1e21),
    between(t.bigint as never, 0, 9_007_199_254_740_992),
  ],
);

let client: PGlite;
let db: PgliteDatabase;
beforeAll(async () => {
  client = await blankPostgres();
  const made = generateDrizzleJson({ stored, exact });
  await client.exec((await generateMigration(generateDrizzleJson({}), made)).join('\n'));
  db = drizzle(client);
});
afterAll(() => client.close());

const schemas = new Map([stored, exact].map((table) => [table, insertSchema(table)]));

async function agree(table: typeof stored | typeof exact, key: string, value: unknown) {
  const row = { id: newId(), [key]: value };
  const parsed = schemas.get(table)!.safeParse(row);
  const sent = (parsed.success ? parsed.data : row) as never;
  const taken = await (async () => db.insert(table).values(sent))().then(
    () => true,
    () => false,
  );
  expect({ value, accepted: parsed.success }).toEqual({ value, accepted: taken });
}

const around = (...centres: readonly number[]): fc.Arbitrary<number> =>
  fc
    .tuple(fc.constantFrom(...centres), fc.constantFrom(0, 1e-9, 1e-3, 4e-3, 5e-3, 1e-2, 1))
    .chain(([centre, step]) => fc.constantFrom(centre, centre + step, centre - step));
const word = (...letters: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { maxLength: 7 }).map((parts) => parts.join(''));
const nines = fc
  .tuple(fc.constantFrom('-', ''), fc.constantFrom('0', '1', '0.5', '0.4'), fc.nat(30))
  .chain(([sign, whole, zeros]) => {
    const point = whole.includes('.') ? '' : '.';
    return fc.constantFrom('', '1', '4', '5', '9').map((last) => {
      const fill = (last === '9' ? '9' : '0').repeat(zeros);
      return `${sign}${whole}${point}${fill}${last}`;
    });
  });

describe('bounds and patterns apply to the stored value', () => {
  test.each<[string, fc.Arbitrary<unknown>]>([
    ['real', around(0, 0.1)],
    ['large', around(16_777_216, 16_777_217, 16_777_218)],
    ['double', around(0, 0.1)],
    ['price', around(-1, 0, 100, 9999.99)],
    ['code', word('a', 'b', ' ', 'É')],
    ['visible', word('a', ' ', '\t', '\u00a0')],
    ['short', word('a', ' ', '😀')],
    ['cut', fc.oneof(word('a', ' ', '😀'), fc.constantFrom('abcd', 'abcd  ', 'abc   ', 'ab c  '))],
    ['mended', word('\ud800', '\ufffd', 'a')],
  ])('%s', async (key, values) => {
    await fc.assert(fc.asyncProperty(values, async (value) => agree(stored, key, value)));
  });

  test.each<[string, fc.Arbitrary<unknown>]>([
    ['fixed', nines],
    [
      'wide',
      fc.oneof(
        nines,
        fc.constantFrom('1e21', '1000000000000000000000.1', '999999999999999999999.9', '-1e-400'),
      ),
    ],
    ['bigint', fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 2n })],
  ])('%s, to the last digit', async (key, values) => {
    await fc.assert(fc.asyncProperty(values, async (value) => agree(exact, key, value)));
  });
});

describe('JSON', () => {
  const nested = (depth: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
    return value;
  };

  test('is accepted up to a thousand levels, and refused beyond without an exception', async () => {
    await agree(stored, 'json', nested(1000));
    const { json } = insertSchema(stored).shape;
    expect([1001, 50_000].map((depth) => json.safeParse(nested(depth)).success)).toEqual([
      false,
      false,
    ]);
  });

  test('with a cycle is refused', async () => {
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    await agree(stored, 'json', circle);
  });

  test('may have no prototype', async () => {
    await agree(stored, 'json', { __proto__: null, a: { __proto__: null } });
  });
});
