import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';
import { sqlLiteral } from './sql-literal.ts';

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());

test.each([
  ['text', "it's \\ a 'quote'"],
  ['text', null],
  ['int', 42],
  ['bool', true],
  ['text[]', ["it's", 'a "b" \\c', '', 'null', null, '{,}']],
  [
    'int[]',
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['jsonb', { a: ["it's", '\\"'], b: null }],
])('%s: %j is the same value in Postgres', async (type, value) => {
  for (const strings of ['on', 'off']) {
    await client.exec(`set standard_conforming_strings = ${strings}`);
    const { rows } = await client.query<{ same: boolean }>(
      `select ${sqlLiteral(value)}::${type} is not distinct from $1::${type} as same`,
      [value],
    );
    expect(rows).toEqual([{ same: true }]);
  }
});

test('a moment keeps its time zone', () => {
  expect(sqlLiteral(new Date(0))).toBe("'1970-01-01T00:00:00.000Z'");
});
