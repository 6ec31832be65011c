import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitTableId, tableId } from './table-id.ts';

test('a table of public has its own name, another one that of its schema too', () => {
  expect(tableId('packages')).toBe('packages');
  expect(tableId('packages', 'public')).toBe('packages');
  expect(tableId('invoices', 'billing')).toBe('billing.invoices');
});

test('a dot in a name does not separate it', () => {
  expect(tableId('odd.name')).toBe('"odd.name"');
  expect(tableId('invoices', 'odd.schema')).toBe('"odd.schema".invoices');
  expect(tableId('odd.name')).not.toBe(tableId('name', 'odd'));
});

test('an id leads back to its schema and its name, and two tables have two ids', () => {
  const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a.b', '"', '"."', '.', 'a'));
  const table = fc.record({ schema: name, name });
  fc.assert(
    fc.property(table, table, (one, other) => {
      expect(splitTableId(tableId(one.name, one.schema))).toEqual(one);
      const same = one.name === other.name && one.schema === other.schema;
      expect(tableId(one.name, one.schema) === tableId(other.name, other.schema)).toBe(same);
    }),
  );
});
