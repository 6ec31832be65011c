import {
  bigint,
  foreignKey,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { serverOnly } from '../../src/kit/index.ts';

export const shelf = pgEnum('shelf', [
  'fiction',
  'science',
  'a shelf with a very long name indeed',
]);

/** Relations of every form: to itself, one to one, composite, and through a join table. */
export const authors = pgTable('authors', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  mentor: uuid().references((): AnyPgColumn => authors.id),
  secret: serverOnly(text()),
  clientDefault: text('client_default')
    .notNull()
    .$defaultFn(() => 'x'),
});

export const profiles = pgTable('profiles', {
  author: uuid()
    .primaryKey()
    .references(() => authors.id),
  links: jsonb().notNull(),
  tags: text().array().notNull().default([]),
});

export const books = pgTable(
  'books',
  {
    publisher: integer().notNull(),
    number: bigint({ mode: 'bigint' }).generatedByDefaultAsIdentity(),
    title: text().notNull(),
    shelf: shelf().notNull().default('fiction'),
    shelves: shelf().array(),
    author: uuid()
      .notNull()
      .references(() => authors.id),
    printedAt: timestamp('printed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.publisher, t.number] })],
);

export const copies = pgTable(
  'copies',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    publisher: integer().notNull(),
    book: bigint({ mode: 'number' }).notNull(),
    place: text(),
  },
  (t) => [
    unique().on(t.publisher, t.book),
    foreignKey({ columns: [t.publisher, t.book], foreignColumns: [books.publisher, books.number] }),
  ],
);
