import { expect, test } from 'vitest';
import { clientName } from './zero-schema.ts';

test('each table has a unique client name without dots', () => {
  const tables = ['notes', 'side.notes', 'side_notes', 'a.b.c', 'a.b_c', 'a_b.c', 'Odd Name', 'ö'];
  const names = tables.map(clientName);
  expect(new Set(names).size).toBe(tables.length);
  expect(names.filter((name) => !/^[A-Za-z_]+[A-Za-z0-9_-]*$/.test(name))).toEqual([]);
});
