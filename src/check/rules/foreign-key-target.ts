import type { Table } from '../../model/table.ts';
import { aboutPart, nameColumns } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const foreignKeyTarget: LintRule = defineRule({
  code: 'lint/foreign-key-target',
  severity: 'error',
  presets: ['recommended', 'zero'],
  title: 'A foreign key references a primary key or a unique constraint.',
  why: 'Postgres refuses a key whose target is not unique. Postgres accepts a unique index, but drizzle-kit creates it after the key, so the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  handle: text('handle').notNull(),
}, (t) => [uniqueIndex('users_handle').on(t.handle)]);
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  author: text('author').references(() => users.handle),
}, (t) => [index('notes_author').on(t.author)]);`,
    good: `export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  handle: text('handle').notNull().unique(),
});
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  author: text('author').references(() => users.handle),
}, (t) => [index('notes_author').on(t.author)]);`,
    alike: [
      `export const places = pgTable('places', {
  country: text('country').notNull(),
  city: text('city').notNull(),
}, (t) => [primaryKey({ columns: [t.country, t.city] })]);
export const trips = pgTable('trips', {
  id: uuid('id').primaryKey(),
  country: text('country').notNull(),
  city: text('city').notNull(),
}, (t) => [foreignKey({ columns: [t.city, t.country], foreignColumns: [places.city, places.country] })]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.foreignKeys.flatMap(({ name, columns, references }) => {
        const target = tables.find(({ id }) => id === references.table);
        if (columns.length !== references.columns.length) {
          return {
            ...aboutPart(table, name, columns),
            message: `the foreign key ${nameColumns(table, columns)} has ${columns.length} columns and references ${references.columns.length}.`,
            fix: 'give foreignColumns as many columns as columns.',
          };
        }
        if (target === undefined || isKey(target, references.columns)) return [];
        const found = nameColumns(target, references.columns);
        return {
          ...aboutPart(table, name, columns),
          message: `the foreign key ${nameColumns(table, columns)} references ${found}, which is not a primary key and has no unique constraint.`,
          fix: `give ${found} a unique constraint: .unique(), or unique().on(…). drizzle-kit creates a uniqueIndex() too late.`,
        };
      }),
    ),
});

function isKey({ primaryKey, uniques }: Table, columns: readonly string[]): boolean {
  const keys = [primaryKey?.columns ?? [], ...uniques.map((unique) => unique.columns)];
  return keys.some(
    (key) => key.length === columns.length && key.every((name) => columns.includes(name)),
  );
}
