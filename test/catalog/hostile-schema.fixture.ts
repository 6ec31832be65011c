import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  bit,
  boolean,
  char,
  check,
  customType,
  date,
  doublePrecision,
  foreignKey,
  index,
  inet,
  integer,
  interval,
  jsonb,
  numeric,
  pgEnum,
  pgMaterializedView,
  pgPolicy,
  pgRole,
  pgSchema,
  pgSequence,
  pgTable,
  pgView,
  primaryKey,
  real,
  serial,
  smallint,
  text,
  time,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { between, oneOf, enumeration, sortedText } from '../../src/kit/index.ts';

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

export const billing = pgSchema('bil.ling');
export const state = pgEnum("State of 'things'", ['open', "it's", 'Closed']);
export const level = billing.enum('level', ['low', 'high']);
export const counter = pgSequence('counter', { startWith: 100, increment: 5, cycle: true });
export const down = billing.sequence('Down', { increment: -1 });
export const auditor = pgRole('auditor', { createDb: true, inherit: false });
export const reader = pgRole('reader').existing();

/** Every type that Drizzle supports, and arrays of them. */
export const types = pgTable('types', {
  id: uuid().primaryKey().defaultRandom(),
  small: smallint().default(-1),
  big: bigint({ mode: 'bigint' }).default(sql`9007199254740993`),
  money: numeric({ precision: 12, scale: 2 }).default('0.50'),
  whole: numeric({ precision: 5 }),
  any: numeric(),
  ratio: real(),
  exact: doublePrecision(),
  flag: boolean().notNull().default(true),
  code: char({ length: 3 }).default("o'k"),
  one: char(),
  short: varchar({ length: 20 }),
  long: varchar(),
  sorted: sortedText('sorted'),
  day: date(),
  at: timestamp({ withTimezone: true, precision: 3 }).default(sql`now()`),
  local: timestamp(),
  clock: time({ precision: 2 }),
  span: interval({ fields: 'day to second' }),
  doc: jsonb().default({ a: ['b', 1] }),
  words: text().array(),
  grid: integer().array().array().notNull(),
  names: varchar({ length: 9 }).array(),
  states: state().array(),
  level: level().default('low'),
  address: inet(),
  bits: bit({ dimensions: 4 }),
  vector: tsvector(),
});

/** Composite keys, names that need quotes, and every option of an index. */
export const orders = billing.table(
  "Or.ders 'x'",
  {
    tenant: uuid('Ten.ant').notNull(),
    number: integer('select').notNull(),
    title: text("ti'tle").notNull(),
    slug: text(),
    state: state('state').notNull().default('open'),
    doc: jsonb(),
    lowered: text().generatedAlwaysAs(sql`lower(slug)`),
    deletedAt: timestamp('deleted_at'),
    parentTenant: uuid('parent_tenant'),
    parentNumber: integer('parent_number'),
  },
  (t) => [
    primaryKey({ columns: [t.number, t.tenant] }),
    unique('Or.ders one').on(t.title, t.slug).nullsNotDistinct(),
    unique().on(t.slug, t.tenant),
    foreignKey({
      name: 'to_parent',
      columns: [t.parentNumber, t.parentTenant],
      foreignColumns: [t.number, t.tenant],
    })
      .onDelete('cascade')
      .onUpdate('set null'),
    index('partial')
      .on(t.title)
      .where(sql`${t.deletedAt} is null and ${t.slug} <> 'a b'`),
    index('Expr').on(
      sql`lower(${t.title})`,
      t.slug.desc().nullsFirst(),
      t.number.asc().nullsFirst(),
    ),
    index('gin').using('gin', t.doc.op('jsonb_path_ops')),
    index('pattern').on(sql`${t.slug} text_pattern_ops`, t.number.desc()),
    index('hash').using('hash', t.slug),
    index('filled').on(t.title).with({ fillfactor: 70 }),
    index().on(t.tenant, t.deletedAt),
    uniqueIndex('alive')
      .on(t.tenant, t.title)
      .where(sql`${t.deletedAt} is null`),
    check('number positive', sql`${t.number} > 0`),
    check('odd -- text', sql`${t.title} <> '--'`),
  ],
);

/** Each action of a foreign key, inline and named, to the same table and to another schema. */
export const actions = pgTable(
  'actions',
  {
    id: serial().primaryKey(),
    cascade: integer().references((): AnyPgColumn => actions.id, { onDelete: 'cascade' }),
    restrict: integer().references((): AnyPgColumn => actions.id, { onUpdate: 'restrict' }),
    setNull: integer('set_null').references((): AnyPgColumn => actions.id, {
      onDelete: 'set null',
      onUpdate: 'cascade',
    }),
    setDefault: integer('set_default').references((): AnyPgColumn => actions.id, {
      onDelete: 'set default',
    }),
    none: integer().references((): AnyPgColumn => actions.id),
    tenant: uuid(),
    number: integer(),
    always: integer().generatedAlwaysAsIdentity(),
    often: bigint({ mode: 'number' }).generatedByDefaultAsIdentity({ startWith: 10, increment: 2 }),
    huge: bigserial({ mode: 'bigint' }),
    nick: text().unique(),
    once: text().unique('only once', { nulls: 'not distinct' }),
    kind: enumeration('kind', ['a', 'b']).notNull(),
    a_long_name_of_a_column_that_is_nearly_as_long_as_a_name_can_be: integer().references(
      (): AnyPgColumn => actions.id,
    ),
  },
  (t) => [
    foreignKey({ columns: [t.number, t.tenant], foreignColumns: [orders.number, orders.tenant] }),
    oneOf(t.kind),
    between(t.always, 0, 10),
  ],
);

export const secrets = pgTable('secrets', { id: uuid().primaryKey(), owner: text() }, (t) => [
  pgPolicy('own rows', {
    for: 'update',
    to: ['auditor', reader],
    using: sql`${t.owner} = current_user`,
    withCheck: sql`${t.owner} is not null`,
  }),
  pgPolicy('narrow', { as: 'restrictive', using: sql`true` }),
]);
export const linked = pgPolicy('linked', { for: 'select', using: sql`false` }).link(secrets);

export const bare = pgTable('bare', { at: timestamp().notNull() }).enableRLS();

export const open = pgView('open')
  .with({ securityInvoker: true })
  .as((query) =>
    query
      .select({ id: types.id })
      .from(types)
      .where(sql`${types.flag}`),
  );
export const totals = pgMaterializedView('to.tals').as((query) =>
  query.select({ n: sql<number>`count(*)`.as('n') }).from(types),
);
export const elsewhere = pgView('elsewhere', { id: uuid() }).existing();
