import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import * as garden from '../apps/garden/index.ts';
import { schemasOf } from './schemas-of.ts';

test('every exported table has its validators, built once', () => {
  const schemas = schemasOf(garden);
  const tables = Object.entries(garden).flatMap(([name, value]) =>
    is(value, PgTable) ? [name] : [],
  );
  expect(tables.length).toBeGreaterThan(5);
  expect(Object.keys(schemas).sort()).toEqual(tables.sort());
  expect(schemas.tags.insert).toBe(schemas.tags.insert);
  expect(schemas.tags.update.safeParse({ name: 'x' }).success).toBe(true);
  expect(schemas.tags.insert.safeParse({ name: 'x' }).success).toBe(false);
});
