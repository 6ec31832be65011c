import { createSchema, string, table } from '@rocicorp/zero';
import { expect, expectTypeOf, test } from 'vitest';
import { crudMutators } from './crud-mutators.ts';

const columns = { id: string(), what: string() };
const schema = createSchema({
  tables: [
    table('events').columns(columns).primaryKey('id'),
    table('notes').columns(columns).primaryKey('id'),
  ],
});

test('an append-only table has only the mutator insert', () => {
  const insertOnly = ['events'] as const;
  const mutators = crudMutators(schema, { insertOnly });
  expect(Object.keys(mutators.events)).toEqual(['insert']);
  expect(Object.keys(mutators.notes)).toEqual(['insert', 'update', 'delete']);
  expectTypeOf<keyof typeof mutators.events>().toEqualTypeOf<'insert'>();
  expectTypeOf<keyof typeof mutators.notes>().toEqualTypeOf<'insert' | 'update' | 'delete'>();
  // @ts-expect-error there is no such table.
  crudMutators(schema, { insertOnly: ['event'] });
});
