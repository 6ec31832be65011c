import { integer, pgTable as drizzlePgTable, text, uuid } from 'drizzle-orm/pg-core';
import { expectTypeOf, test } from 'vitest';
import {
  baseColumns,
  between,
  createdAt,
  enumeration,
  id,
  instant,
  matches,
  notBlank,
  oneOf,
  pgTable,
  plainDefault,
  references,
  sortedText,
  type Update,
} from './index.ts';

const owners = pgTable('owners', { id: id(), name: sortedText('name').notNull() });

const jobs = pgTable('jobs', {
  id: id(),
  ownerId: uuid('owner_id'),
  state: enumeration('state', ['open', 'done']).notNull(),
  tries: integer('tries').notNull(),
  doneAt: instant('done_at'),
  createdAt: createdAt(),
});

test('a row type has the enumerations, times and nullable columns', () => {
  expectTypeOf<typeof jobs.$inferSelect>().toEqualTypeOf<{
    id: string;
    ownerId: string | null;
    state: 'open' | 'done';
    tries: number;
    doneAt: Date | null;
    createdAt: Date;
  }>();
});

test('key and times are required, because there is no database default', () => {
  expectTypeOf<typeof jobs.$inferInsert>().toEqualTypeOf<{
    id: string;
    ownerId?: string | null | undefined;
    state: 'open' | 'done';
    tries: number;
    doneAt?: Date | null | undefined;
    createdAt: Date;
  }>();
});

test('base columns are a key and two times; a plain default changes no type', () => {
  const notes = pgTable('notes', {
    ...baseColumns(),
    state: plainDefault(enumeration('state', ['open', 'done']).notNull(), 'open'),
  });
  expectTypeOf<typeof notes.$inferInsert>().toEqualTypeOf<{
    id: string;
    createdAt: Date;
    updatedAt: Date;
    state: 'open' | 'done';
  }>();
  // @ts-expect-error: the column has no such value
  plainDefault(enumeration('state', ['open', 'done']), 'closed');
});

test('an update has all columns except the key, and requires none', () => {
  expectTypeOf<Update<typeof jobs>>().toEqualTypeOf<{
    ownerId?: string | null | undefined;
    state?: 'open' | 'done' | undefined;
    tries?: number | undefined;
    doneAt?: Date | null | undefined;
    createdAt?: Date | undefined;
  }>();
});

test('a constraint checks the type of its column', () => {
  pgTable('jobs', { id: id(), tries: integer('tries'), title: text('title') }, (t) => [
    between(t.tries, 0, 5),
    notBlank(t.title),
    // @ts-expect-error a number is never blank
    notBlank(t.tries),
    // @ts-expect-error a number matches no pattern
    matches(t.tries, /^a$/),
    // @ts-expect-error text is not a number
    between(t.title, 0, 5),
    // @ts-expect-error a number is not text
    oneOf(t.tries),
    // @ts-expect-error no such column
    notBlank(t.titel),
  ]);
});

test('a foreign key has the type of its target', () => {
  pgTable('jobs', { id: id(), ownerId: uuid('owner_id'), tries: integer('tries') }, (t) => [
    references(t.ownerId, owners.id, 'cascade'),
    // @ts-expect-error a number cannot reference a uuid
    references(t.tries, owners.id, 'cascade'),
    // @ts-expect-error the ON DELETE action is required
    references(t.ownerId, owners.id),
    // @ts-expect-error not an action
    references(t.ownerId, owners.id, 'delete'),
  ]);
});

test("the helpers also work in Drizzle's own pgTable, whose columns have no types", () => {
  drizzlePgTable('jobs', { id: id(), ownerId: uuid('owner_id'), title: text('title') }, (t) => [
    references(t.ownerId, owners.id, 'set null'),
    notBlank(t.title),
  ]);
});
