import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { readSchema } from '../read/drizzle/read-schema.ts';
import { id } from './id.ts';
import { pgTable } from './pg-table.ts';
import { retain } from './retain.ts';
import { createdAt, instant } from './time.ts';

const limits = pgTable('limits', {
  userId: uuid('user_id').primaryKey(),
  other: uuid('other'),
  days: integer('days'),
  isOn: boolean('is_on').notNull(),
  note: text('note'),
});
const columns = {
  id: id(),
  userId: uuid('user_id'),
  createdAt: createdAt(),
  seenAt: instant('seen_at'),
  title: text('title'),
};
type Columns = Parameters<NonNullable<Parameters<typeof pgTable<'notes', typeof columns>>[2]>>[0];

const read = (extra: (t: Columns) => readonly unknown[]) => {
  const notes = pgTable('notes', columns, (t) => [...extra(t)]);
  const { schema, findings } = readSchema({
    files: [{ file: '/schema.ts', exports: { limits, notes } }],
  });
  return {
    retentions: schema.tables.find(({ id: name }) => name === 'notes')?.retentions,
    messages: findings.filter(({ code }) => code === 'schema/retention').map((one) => one.message),
  };
};

test('the retentions of a table are in the model, with the names of SQL', () => {
  const { retentions, messages } = read((t) => [
    ...retain(t.seenAt, '1 year', { archive: true }),
    ...retain(t.createdAt, '30 days', {
      perOwner: { owner: t.userId, key: limits.userId, days: limits.days, enabled: limits.isOn },
    }),
  ]);
  expect(messages).toEqual([]);
  expect(retentions).toEqual([
    { column: 'seen_at', age: '1 year', archive: true },
    {
      column: 'created_at',
      age: '30 days',
      perOwner: {
        owner: 'user_id',
        table: 'limits',
        key: 'user_id',
        days: 'days',
        enabled: 'is_on',
      },
    },
  ]);
});

test('a retention that is declared again replaces the first', () => {
  expect(
    read((t) => [...retain(t.createdAt, '1 day'), ...retain(t.createdAt, '2 days')]).retentions,
  ).toEqual([{ column: 'created_at', age: '2 days' }]);
});

test.each(['30', 'a day', '-1 days', '1.5 days', '30 days; drop table notes', '999999 years'])(
  'the age %j is refused',
  (age) => {
    const notes = pgTable('notes', columns);
    expect(() => retain(notes.createdAt, age as never)).toThrow('which is not an age');
  },
);

test.each<[string, (t: Columns) => readonly unknown[], string]>([
  ['a text', (t) => retain(t.title as never, '1 day'), 'title is not a time'],
  [
    'a limit that is not unique',
    (t) =>
      retain(t.createdAt, '1 day', {
        perOwner: { owner: t.userId, key: limits.other, days: limits.days },
      }),
    'limits.other is not unique',
  ],
  [
    'days that are no number',
    (t) =>
      retain(t.createdAt, '1 day', {
        perOwner: { owner: t.userId, key: limits.userId, days: limits.note },
      }),
    'limits.note is not an integer',
  ],
  [
    'a switch that is no boolean',
    (t) =>
      retain(t.createdAt, '1 day', {
        perOwner: { owner: t.userId, key: limits.userId, days: limits.days, enabled: limits.note },
      }),
    'limits.note is not a boolean',
  ],
])('%s is refused', (_, extra, message) => {
  expect(read(extra).messages.join()).toContain(message);
});
