import type { PGlite } from '@electric-sql/pglite';
import { jsonb, text } from 'drizzle-orm/pg-core';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { boundedJson, id, newId, pgTable, textItems } from '../../src/kit/index.ts';
import { columnProblem } from '../../src/model/values/column-problem.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { deriveTests } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { insertSchema } from '../../src/zod/index.ts';
import { definitionsOf, statementsOf } from '../catalog/made-database.ts';

const configs = pgTable(
  'configs',
  {
    id: id(),
    tags: text('tags').array(),
    data: jsonb('data'),
    list: jsonb('list'),
    any: jsonb('any'),
  },
  (t) => [
    textItems(t.tags, { maxItems: 3, maxLength: 4 }),
    boundedJson(t.data, { shape: 'object', maxBytes: 200, maxDepth: 3 }),
    boundedJson(t.list, { shape: 'array', maxBytes: 60, maxDepth: 2 }),
    boundedJson(t.any, { maxBytes: 400, maxDepth: 4 }),
  ],
);

let client: PGlite;
let db: PgliteDatabase;
beforeAll(async () => {
  client = await blankPostgres();
  for (const statement of await statementsOf({ configs })) await client.exec(statement);
  db = drizzle(client);
});
afterAll(() => client.close());

const validator = insertSchema(configs);
const model = definitionsOf({ configs }).tables[0]!;
const checksOf = (key: string) => {
  const { type } = model.columns.find((column) => column.key === key)!;
  const constraints = model.checks.flatMap(({ constraint }) =>
    constraint?.column === key ? [constraint] : [],
  );
  return columnProblem({ type, constraints });
};
const problems = Object.fromEntries(
  ['tags', 'data', 'list', 'any'].map((key) => [key, checksOf(key)] as const),
);

type Key = 'tags' | 'data' | 'list' | 'any';

/** The verdicts of Zod, the client's checks and Postgres. */
async function verdicts(key: Key, value: unknown): Promise<readonly boolean[]> {
  const row = { id: newId(), [key]: value };
  const zod = validator.safeParse(row).success;
  const inClient = problems[key]!(value) === undefined;
  const inPostgres = await db
    .insert(configs)
    .values(row as never)
    .then(
      () => true,
      () => false,
    );
  return [zod, inClient, inPostgres];
}

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};

test.each<[Key, string, unknown, boolean]>([
  ['tags', 'an empty list', [], true],
  ['tags', 'the longest list', ['a', 'b', 'c'], true],
  ['tags', 'repeated elements', ['a', 'a'], true],
  ['tags', 'a list that is too long', ['a', 'b', 'c', 'd'], false],
  ['tags', 'four wide characters', ['😀😀😀😀'], true],
  ['tags', 'five wide characters', ['😀😀😀😀😀'], false],
  ['tags', 'a blank after four characters', ['abcd '], false],
  ['tags', 'NULL', [null], false],
  ['tags', 'NULL after a text', ['a', null], false],
  ['tags', 'blank text', ['\u00a0'], false],
  ['tags', 'empty text', ['a', ''], false],
  ['tags', 'a newline around text', ['\na\n'], true],
  ['tags', 'a NUL character', ['a\0'], false],
  ['tags', 'a lone surrogate, which becomes U+FFFD', ['\ud800'], true],
  ['tags', 'quotes and backslashes', ['"', '\\', '{},'], true],
  ['data', 'an empty object', {}, true],
  ['data', 'a list', [], false],
  ['data', 'text', 'text', false],
  ['data', 'the deepest object', { a: nested(2) }, true],
  ['data', 'an object that is too deep', { a: nested(3) }, false],
  ['data', 'a lone surrogate', { a: '\ud800' }, false],
  ['data', 'a NUL character in a key', { 'a\0': 1 }, false],
  ['data', 'the largest object', { a: 'x'.repeat(200 - 9) }, true],
  ['data', 'an object that is too large', { a: 'x'.repeat(200 - 8) }, false],
  ['data', 'the key __proto__', JSON.parse('{"__proto__": {"a": 1}}'), true],
  ['list', 'an object', {}, false],
  ['list', 'a list', [1, '2', null], true],
  ['any', 'text', 'text', true],
  ['any', 'the smallest number, with 326 digits', 5e-324, true],
  ['any', 'the largest number, with 309 digits', Number.MAX_VALUE, true],
  ['any', 'two large numbers', [Number.MAX_VALUE, Number.MAX_VALUE], false],
])('%s: %s', async (key, _, value, expected) => {
  expect(await verdicts(key, value)).toEqual([expected, expected, expected]);
});

test('random JSON gets the same verdicts', async () => {
  const json = fc.jsonValue({ maxDepth: 6, noUnicodeString: false }).filter((one) => one !== null);
  await fc.assert(
    fc.asyncProperty(json, fc.constantFrom<Key>('data', 'list', 'any'), async (value, key) => {
      expect(new Set(await verdicts(key, value)).size).toBe(1);
    }),
    { numRuns: 150 },
  );
});

test.each<[string, unknown]>([
  ['JSON nested 10,000 deep', nested(10_000)],
  ['an object of 10 MB', { a: 'x'.repeat(10_000_000) }],
  ['a list of a million elements', Array.from({ length: 1_000_000 }, () => 0)],
])('Zod and the client refuse quickly: %s', (_, value) => {
  const cyclic: unknown[] = [value];
  cyclic.push(cyclic);
  const started = performance.now();
  for (const one of [value, [value], cyclic]) {
    expect(validator.safeParse({ id: newId(), any: one }).success).toBe(false);
    expect(problems['any']!(one)).toBeDefined();
  }
  expect(performance.now() - started).toBeLessThan(1000);
});

const insert = async (column: Key, value: string): Promise<string> => {
  const type = column === 'tags' ? 'text[]' : 'jsonb';
  try {
    await client.query(`insert into configs (id, "${column}") values ($1, $2::text::${type})`, [
      newId(),
      value,
    ]);
    return 'stored';
  } catch (error) {
    return (error as { readonly constraint?: string; readonly code: string }).constraint ?? 'error';
  }
};

test.each<[Key, string, string]>([
  ['tags', '{{a,b},{c,d}}', 'configs_tags_check'],
  ['tags', '[2:2]={a}', 'configs_tags_check'],
  ['data', '{"a": 1e309}', 'configs_data_check'],
  ['data', '{"a": [{"b": -1e400}]}', 'configs_data_check'],
  ['data', '{"a": 1, "a": 2}', 'stored'],
  ['data', 'null', 'configs_data_check'],
  ['any', '['.repeat(3000) + ']'.repeat(3000), 'configs_any_check'],
])('SQL text that JavaScript cannot send, case %#', async (column, value, expected) => {
  expect(await insert(column, value)).toBe(expected);
});

test('the derived tests cover both constraints', async () => {
  const subject = { client, db };
  const derived = readDerived({ configs });
  await client.exec('truncate configs');
  const report = await deriveTests(subject, derived, {
    parts: ['catalog', 'rows', 'validators'],
    zero: false,
  });
  expect(report.failures).toEqual([]);
  const tried = new Map(report.tried.map(({ subject: name, times }) => [name, times]));
  expect(tried.get('check configs.configs_tags_check')).toBeGreaterThan(20);
  expect(tried.get('check configs.configs_data_check')).toBeGreaterThan(10);
});

test('a Zod schema narrows a column, and sees only bounded values', () => {
  const seen: unknown[] = [];
  const data = z.strictObject({ version: z.string(), note: z.string().default('x'.repeat(150)) });
  const narrow = insertSchema(configs, {
    data: z
      .unknown()
      .overwrite((value) => (seen.push(value), value))
      .pipe(data),
  });
  const parse = (value: unknown) => narrow.safeParse({ id: newId(), data: value });
  expect(parse({ version: '1' }).data?.data).toEqual({ version: '1', note: 'x'.repeat(150) });
  expect(parse({ version: 1 }).success).toBe(false);
  expect(parse(null).data?.data).toBeNull();
  const before = seen.length;
  expect(parse({ version: nested(10) }).success).toBe(false);
  expect(seen.length).toBe(before);
  // The default makes it larger than Postgres accepts.
  expect(parse({ version: '1'.repeat(40) }).success).toBe(false);
});
