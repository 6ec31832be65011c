import { getTableConfig, integer, text, type CheckBuilder } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { atLeast, between, id, matches, maxLength, notBlank, pgTable } from '../index.ts';

const columns = { id: id(), name: text('name'), stars: integer('stars') };
type Columns = Parameters<NonNullable<Parameters<typeof pgTable<'labels', typeof columns>>[2]>>[0];
const define = (constraint: (t: Columns) => CheckBuilder) => () =>
  getTableConfig(pgTable('labels', columns, (t) => [constraint(t)])).checks.length;

test.each<[string, (t: Columns) => CheckBuilder, string]>([
  ['a wrong order', (t) => between(t.stars, 5, 1), 'public.labels.stars'],
  ['NaN', (t) => between(t.stars, 1, Number.NaN), 'public.labels.stars'],
  ['infinity', (t) => between(t.stars, 1, Infinity), 'public.labels.stars'],
  ['no number at all', (t) => atLeast(t.stars, Number.NaN), 'public.labels.stars'],
  ['a length of none', (t) => maxLength(t.name, 0), 'public.labels.name'],
  ['half a character', (t) => notBlank(t.name, { max: 1.5 }), 'public.labels.name'],
  ['endless text', (t) => matches(t.name, /^a$/, { max: Infinity }), 'public.labels.name'],
])('%s is refused when the table is defined', (_, constraint, object) => {
  expect(define(constraint)).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ code: 'kit/wrong-bounds', object }),
    }),
  );
});

test('equal bounds allow one number', () => {
  expect(define((t) => between(t.stars, 0, 0))()).toBe(1);
  expect(define((t) => atLeast(t.stars, -1e21))()).toBe(1);
  expect(define((t) => maxLength(t.name, 1))()).toBe(1);
});
