import { expect, test } from 'vitest';
import { qualifiedName, splitTableId, tableId } from './table-id.ts';

const CASES: readonly [schema: string | undefined, name: string, id: string][] = [
  [undefined, 'packages', 'packages'],
  ['public', 'packages', 'packages'],
  ['billing', 'invoices', 'billing.invoices'],
  [undefined, 'billing.invoices', '"billing.invoices"'],
  ['a.b', 'c', '"a.b".c'],
  ['a', 'b.c', 'a."b.c"'],
  [undefined, 'say "a.b"', '"say ""a.b"""'],
  ['Mixed Case', 'naïve', 'Mixed Case.naïve'],
];

test.each(CASES)(
  'the table %s, %s has the id %s, which splits back into both',
  (schema, name, id) => {
    expect(tableId(schema, name)).toBe(id);
    expect(splitTableId(id)).toEqual({ schema: schema ?? 'public', name });
  },
);

test('no two tables share an id', () => {
  const ids = CASES.map(([schema, name]) => tableId(schema, name));
  expect(new Set(ids).size).toBe(CASES.length - 1);
});

test('a qualified name always contains the schema', () => {
  expect(qualifiedName({ name: 'a.b' })).toBe('public."a.b"');
  expect(qualifiedName({ schema: 'x', name: 'y' })).toBe('x.y');
});
