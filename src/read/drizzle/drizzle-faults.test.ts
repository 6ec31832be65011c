import { sql } from 'drizzle-orm';
import { check, index, pgPolicy, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { readSchema } from './read-schema.ts';

/** What drizzle-kit or Postgres changes when a definition becomes a migration. */

const read = (exports: Record<string, unknown>) =>
  readSchema({ files: [{ file: '/schema.ts', exports }] }).schema;

test('a name beyond 63 bytes keeps what was written', () => {
  const long = 'n'.repeat(64);
  const a = pgTable('a', { b: text('b') }, (t) => [
    unique(long).on(t.b),
    check('short', sql`${t.b} <> ''`),
  ]);
  const [table] = read({ a }).tables;
  expect(table?.uniques).toMatchObject([{ name: 'n'.repeat(63), cutFrom: long }]);
  expect(table?.checks[0]).not.toHaveProperty('cutFrom');
});

test('parameters are marked, unless they are inlined', () => {
  const a = pgTable('a', { b: text('b') }, (t) => [
    check('yes', sql`${t.b} <> ${'x'}`),
    check('no', sql`${t.b} <> ${'x'}`.inlineParams()),
    index('where')
      .on(t.b)
      .where(sql`${t.b} <> ${'x'}`),
    pgPolicy('p', { using: sql`true`, withCheck: sql`${t.b} = ${'x'}` }),
  ]);
  const { tables, policies } = read({ a });
  expect(tables[0]?.checks.map(({ name, hasParameters }) => [name, hasParameters])).toEqual([
    ['yes', true],
    ['no', undefined],
  ]);
  expect(tables[0]?.indexes[0]).toMatchObject({ hasParameters: true });
  expect(policies[0]).toMatchObject({ hasParameters: true });
});

test('an operator class loses the order of its column', () => {
  const a = pgTable('a', { b: text('b') }, (t) => [
    index('i').on(
      t.b.desc().op('text_pattern_ops'),
      t.b.op('text_pattern_ops'),
      t.b.desc(),
      sql`${t.b} text_pattern_ops desc`,
    ),
  ]);
  const [found] = read({ a }).tables[0]?.indexes ?? [];
  expect(found?.columns.map(({ orderLost }) => orderLost)).toEqual([
    true,
    undefined,
    undefined,
    undefined,
  ]);
});

test('an operator class that is the default is left out, as a database leaves it out', () => {
  const a = pgTable('a', { b: text('b') }, (t) => [
    index('i').on(t.b.op('text_ops')),
    index('j').on(t.b.op('text_pattern_ops')),
  ]);
  const classes = read({ a }).tables[0]?.indexes.map(({ columns: [key] }) => key?.opclass);
  expect(classes).toEqual([undefined, 'text_pattern_ops']);
});

test('row-level security that follows from a policy is marked', () => {
  const of = (name: string) => pgTable(name, { b: text('b') }, () => [pgPolicy('p')]);
  const { tables } = read({ a: of('a'), b: of('b').enableRLS() });
  expect(tables.map(({ rowSecurity: { byPolicy } }) => byPolicy)).toEqual([true, undefined]);
});
