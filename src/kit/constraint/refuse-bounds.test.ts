import { getTableConfig, integer, json, jsonb, text, type CheckBuilder } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import {
  atLeast,
  between,
  boundedJson,
  id,
  matches,
  maxLength,
  notBlank,
  pgTable,
  textItems,
} from '../index.ts';

const columns = {
  id: id(),
  name: text('name'),
  stars: integer('stars'),
  tags: text('tags').array(),
  data: jsonb('data'),
  old: json('old'),
};
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
  ['no element', (t) => textItems(t.tags, { maxItems: 0, maxLength: 1 }), 'public.labels.tags'],
  [
    'a length beyond varchar',
    (t) => textItems(t.tags, { maxItems: 1, maxLength: 1e9 }),
    'public.labels.tags',
  ],
  [
    'JSON deeper than the stack',
    (t) => boundedJson(t.data, { maxBytes: 100, maxDepth: 5000 }),
    'public.labels.data',
  ],
])('%s is refused when the table is defined', (_, constraint, object) => {
  expect(define(constraint)).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ code: 'kit/wrong-bounds', object }),
    }),
  );
});

test.each<[string, (t: Columns) => CheckBuilder]>([
  ['json instead of jsonb', (t) => boundedJson(t.old, { maxBytes: 100, maxDepth: 2 })],
  ['text instead of an array', (t) => textItems(t.name as never, { maxItems: 1, maxLength: 1 })],
])('%s is refused', (_, constraint) => {
  expect(define(constraint)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'kit/wrong-column' }) }),
  );
});

test('equal bounds allow one number', () => {
  expect(define((t) => between(t.stars, 0, 0))()).toBe(1);
  expect(define((t) => atLeast(t.stars, -1e21))()).toBe(1);
  expect(define((t) => maxLength(t.name, 1))()).toBe(1);
});
