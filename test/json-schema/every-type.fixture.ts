import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import {
  atLeast,
  between,
  id,
  matches,
  maxLength,
  notBlank,
  oneOf,
  pgTable,
  printable,
  serverOnly,
} from '../../src/kit/index.ts';

export const mood = pg.pgEnum('mood', ['sad', "it's ok", 'Happy']);

/** Every column type, nullable. */
export const everything = pg.pgTable(
  'everything',
  {
    id: id(),
    text: pg.text('text'),
    words: pg.text('words', { enum: ['a', 'b'] }),
    mood: mood('mood'),
    name: pg.text('name_of_it'),
    slug: pg.text('slug'),
    short: pg.text('short'),
    varchar: pg.varchar('varchar', { length: 5 }),
    char: pg.char('char', { length: 4 }),
    smallint: pg.smallint('smallint'),
    integer: pg.integer('integer'),
    bounded: pg.integer('bounded'),
    large: pg.bigint('large', { mode: 'number' }),
    bigint: pg.bigint('bigint', { mode: 'bigint' }),
    real: pg.real('real'),
    boundedReal: pg.real('bounded_real'),
    double: pg.doublePrecision('double'),
    numeric: pg.numeric('numeric', { precision: 5, scale: 2 }),
    small: pg.numeric('small', { precision: 2, scale: 4 }),
    wide: pg.numeric('wide'),
    number: pg.numeric('number', { precision: 4, scale: 1, mode: 'number' }),
    price: pg.numeric('price', { precision: 6, scale: 2, mode: 'number' }),
    flag: pg.boolean('flag'),
    instant: pg.timestamp('instant', { withTimezone: true }),
    local: pg.timestamp('local'),
    instantText: pg.timestamp('instant_text', { withTimezone: true, mode: 'string' }),
    day: pg.date('day', { mode: 'date' }),
    dayText: pg.date('day_text'),
    json: pg.jsonb('json'),
    uuids: pg.uuid('uuids').array(),
    texts: pg.text('texts').array(),
    moods: mood('moods').array(),
    time: pg.time('time'),
    address: pg.inet('address'),
    vector: pg.vector('vector', { dimensions: 3 }),
  },
  (t) => [
    printable(t.name, { max: 20 }),
    matches(t.slug, /^[a-z0-9]+(-[a-z0-9]+)*$/, { max: 12 }),
    maxLength(t.short, 3),
    matches(t.char, /^[a-z]+$/),
    notBlank(t.varchar),
    between(t.bounded, -3, 7),
    between(t.boundedReal, 0, 0.1),
    between(t.price, -1, 100),
    oneOf(t.words),
  ],
);

/** NOT NULL columns, with and without values from elsewhere. */
export const required = pgTable(
  'required',
  {
    id: id(),
    title: pg.text('title').notNull(),
    settings: pg.jsonb('settings').notNull(),
    state: mood('state').notNull(),
    withDefault: pg.integer('with_default').notNull().default(1),
    fromCode: pg
      .text('from_code')
      .notNull()
      .$defaultFn(() => 'x'),
    always: pg.integer('always').generatedAlwaysAsIdentity(),
    byDefault: pg.integer('by_default').generatedByDefaultAsIdentity(),
    twice: pg.integer('twice').generatedAlwaysAs(sql`with_default * 2`),
    secret: serverOnly(pg.text('secret')),
    starts: pg.integer('starts').notNull(),
    ends: pg.integer('ends').notNull(),
  },
  (t) => [
    notBlank(t.title),
    atLeast(t.starts, 0),
    pg.check('required_order_check', sql`${t.starts} <= ${t.ends}`),
  ],
);

/** A key of two columns. */
export const pairs = pg.pgTable(
  'pairs',
  {
    left: pg.integer('left_id').notNull(),
    right: pg.integer('right_id').notNull(),
    note: pg.text('note'),
  },
  (t) => [pg.primaryKey({ columns: [t.left, t.right] })],
);
