import { createSchema, defineQueries, mustGetQuery, string, table } from '@rocicorp/zero';
import { asQueryInternals } from '@rocicorp/zero/bindings';
import { expect, test } from 'vitest';
import { tableQueries } from './table-queries.ts';

const schema = createSchema({
  tables: ['notes', 'tags'].map((name) => table(name).columns({ id: string() }).primaryKey('id')),
});

test('every table is a query of all its rows', () => {
  expect(Object.keys(tableQueries(schema))).toEqual(['notes', 'tags']);
  const query = tableQueries(schema)['notes']?.fn({ args: undefined, ctx: undefined });
  expect(asQueryInternals(query as never).ast).toEqual({ table: 'notes' });
});

test('only the named tables are queries, by their names', () => {
  const queries = defineQueries({ rows: tableQueries(schema, { tables: ['tags'] }) } as never);
  expect(mustGetQuery(queries as never, 'rows.tags')).toHaveProperty('queryName', 'rows.tags');
  expect(Object.keys(tableQueries(schema, { tables: ['tags'] }))).toEqual(['tags']);
});
