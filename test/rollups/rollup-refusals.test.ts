import { getTableConfig, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import {
  eq,
  gte,
  id,
  instant,
  owner,
  pgTable,
  rollup,
  rollupColumns,
  type EventRollupInput,
} from '../../src/kit/index.ts';
import { requestDays, requestHours } from './requests.fixture.ts';

const hits = pgTable('hits', {
  id: id(),
  at: instant('at').notNull(),
  local: timestamp('local').notNull(),
  page: uuid('page').notNull(),
  label: text('label').notNull(),
  ms: integer('ms').notNull(),
});

const valid: Omit<EventRollupInput, 'keys'> = {
  of: hits,
  every: 'hour',
  at: hits.at,
  value: hits.ms,
  bounds: [10, 100],
};

const hours = (
  change: Partial<EventRollupInput>,
  name = 'hit_hours',
  columns: { readonly page?: never } = {},
) =>
  pgTable(
    name,
    { page: uuid('page').notNull(), loose: uuid('loose'), ...columns, ...rollupColumns('hour') },
    (t) => [...rollup(t, { ...valid, keys: [t.page], ...change })],
  );

const problemOf = (table: Parameters<typeof getTableConfig>[0]): unknown => {
  try {
    getTableConfig(table);
    return 'accepted';
  } catch (error) {
    const { code, message } = (error as { readonly problem: Record<string, string> }).problem;
    return `${code}: ${message}`;
  }
};

const coarser = pgTable('days', { page: uuid('page').notNull(), ...rollupColumns('day') }, (t) => [
  ...rollup(t, { of: hits, every: 'day', keys: [t.page] }),
]);
const finer = pgTable(
  'hours_of_days',
  { server: integer('server').notNull(), ...rollupColumns('hour') },
  (t) => [...rollup(t, { of: requestDays, every: 'hour', keys: [t.server] })],
);
const unknownKey = pgTable(
  'days_by_status',
  { status: integer('status').notNull(), ...rollupColumns('day') },
  (t) => [...rollup(t, { of: requestHours, every: 'day', keys: [t.status] })],
);
const noColumns = pgTable(
  'bare',
  { page: uuid('page').notNull(), ...rollupColumns('day') },
  (t) => [...rollup(t, { ...valid, keys: [t.page] })],
);

test('a valid rollup is accepted', () => {
  expect(problemOf(hours({}))).toBe('accepted');
  expect(problemOf(hours({ errors: gte(hits.ms, 500) }))).toBe('accepted');
});

test.each([
  ['bounds that do not ascend', hours({ bounds: [10, 10] }), /bounds are not ascending/],
  ['no bounds', hours({ bounds: [] }), /bounds are not ascending/],
  ['a bound that is no integer', hours({ bounds: [0.5] }), /bounds are not ascending/],
  ['a text as value', hours({ value: hits.label }), /label is neither integer nor smallint/],
  ['a time without zone', hours({ at: hits.local }), /local is not a required timestamptz/],
  ['a column of another table', hours({ value: requestHours.max }), /max is not a column of hits/],
  ['a key that may be NULL', hours({ keys: [hits.page] }), /the key page is not a required column/],
  ['a long name', hours({}, 'h'.repeat(60)), /its name is too long/],
  ['a source that is no rollup', coarser, /hits is no rollup/],
  ['hours of days', finer, /request_days does not distinguish hours/],
  ['a key that the source lacks', unknownKey, /has no column status/],
  ['a table without the column of the time', noColumns, /it has no column hour/],
])('%s', (_, table, message) => {
  expect(problemOf(table)).toMatch(/^kit\/rollup: the rollup /);
  expect(problemOf(table)).toMatch(message);
});

test('errors that read claims or another table are refused', () => {
  expect(problemOf(hours({ errors: owner(hits.page) }))).toMatch(/^access\/role-rule/);
  expect(problemOf(hours({ errors: eq(requestHours.count, 1) }))).toMatch(/^access\/wrong-table/);
});
