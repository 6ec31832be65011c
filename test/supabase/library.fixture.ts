import { count, eq, sql } from 'drizzle-orm';
import {
  bigint,
  foreignKey,
  integer,
  jsonb,
  pgEnum,
  pgMaterializedView,
  pgTable,
  pgView,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { companionSql, serverOnly, type CompanionStatement } from '../../src/kit/index.ts';

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

export const shortBooks = pgView('short_books').as((query) =>
  query
    .select({ publisher: books.publisher, number: books.number, title: books.title })
    .from(books)
    .where(sql`length(${books.title}) < 10`),
);
/** A join has the relationships of both tables, and cannot be written. */
export const lent = pgView('lent').as((query) =>
  query
    .select({
      copy: sql<number>`"copies"."id"`.as('copy'),
      publisher: copies.publisher,
      book: copies.book,
      author: sql`${books.author}`.as('writer'),
      upper: sql`upper(${books.title})::text`.as('upper'),
    })
    .from(copies)
    .innerJoin(books, eq(books.number, copies.book)),
);
export const onShelves = pgMaterializedView('on_shelves').as((query) =>
  query
    .select({ shelf: books.shelf, n: count().as('n') })
    .from(books)
    .groupBy(books.shelf),
);
/** A view of a view, written as SQL, with an expression that cannot be written. */
export const titles = pgView('titles', { heading: text(), size: integer() }).as(
  sql`select s.title as heading, length(s.title) as size, s.* from short_books s`,
);
export const secrets = pgView('secrets').as((query) => query.select().from(authors));
export const pairs = pgView('pairs', { id: uuid(), other: uuid(), mentor: uuid() }).as(
  sql`with old as (select id, mentor from authors) select a.id, b.id as other, x.mentor from authors a join authors b on true, lateral (select o.mentor from old o) x`,
);

const create = (name: string, sqlText: string): CompanionStatement => ({
  key: `function ${name}`,
  create: `create or replace function ${name} ${sqlText}`,
  drop: `drop function if exists ${name}`,
});
export const functions = companionSql(
  create(
    'books_of(writer uuid, "limit" integer default 10)',
    `returns setof books language sql as $$ select * from books $$;`,
  ),
  create('newest_book()', `returns books language sql as $$ select * from books limit 1 $$;`),
  create('one_book()', `returns setof books rows 1 language sql as $$ select * from books $$;`),
  create(
    'from_view()',
    `returns setof short_books language sql as $$ select * from short_books $$;`,
  ),
  create(
    'shelf_counts(kinds shelf[])',
    `returns table (shelf shelf, "how many" bigint) language sql as $$ select shelf, count(*) from books group by 1 $$;`,
  ),
  create('touch_all()', `returns void language sql as $$ select 1 $$;`),
  create('parts(whole text, out head text, out tail text)', `language sql as $$ select '', '' $$;`),
  create('half(inout n numeric)', `language sql as $$ select n / 2 $$;`),
  create('documents(jsonb)', `returns setof jsonb language sql as $$ select '{}'::jsonb $$;`),
  create('unnamed(integer)', `returns integer language sql as $$ select 1 $$;`),
  create('many(a integer)', `returns text language sql as $$ select '' $$;`),
  create('many(a integer, b date)', `returns date language sql as $$ select now()::date $$;`),
  create('total(variadic numbers integer[])', `returns bigint language sql as $$ select 1 $$;`),
  create('before_write()', `returns trigger language plpgsql as $$ begin return new; end $$;`),
);
