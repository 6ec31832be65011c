import {
  bigint,
  boolean,
  foreignKey,
  integer,
  pgEnum,
  pgTable,
  serial,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { test } from 'vitest';
import {
  and,
  anyone,
  between,
  can,
  defineAccess,
  eq,
  exists,
  gt,
  gte,
  id,
  inList,
  instant,
  isNull,
  lt,
  lte,
  matches,
  ne,
  not,
  notBlank,
  notDeleted,
  oneOf,
  or,
  owner,
  references,
  softDelete,
  uniqueOn,
} from '../index.ts';

// The third argument of Drizzle's own pgTable has columns of an unknown data type.

const { access, claims } = defineAccess({ claims: { level: 'integer', teams: 'integer[]' } });
const state = pgEnum('state', ['open', 'done']);

const others = pgTable('others', {
  id: id(),
  serial: serial('serial').notNull(),
  text: text('text').notNull(),
  integer: integer('integer').notNull(),
  bigint: bigint('bigint', { mode: 'number' }).notNull(),
  boolean: boolean('boolean').notNull(),
  state: state('state').notNull(),
  at: instant('at'),
  ...softDelete(),
});

const columns = {
  id: id(),
  uuid: uuid('uuid').notNull(),
  text: text('text').notNull(),
  integer: integer('integer').notNull(),
  bigint: bigint('bigint', { mode: 'number' }).notNull(),
  boolean: boolean('boolean').notNull(),
  state: state('state').notNull(),
  at: instant('at'),
  ...softDelete(),
};

test('exists and can join by a column of any type', () => {
  pgTable('own', columns, (t) => [
    ...access(t, {
      read: or(
        exists(() => others, { id: t.uuid }),
        exists(() => others, { text: t.text }),
        exists(() => others, { integer: t.integer }),
        exists(() => others, { serial: t.integer }),
        exists(() => others, { bigint: t.bigint }),
        exists(() => others, { boolean: t.boolean }),
        exists(() => others, { state: t.state }),
        exists(() => others, { at: t.at }),
        exists(
          () => others,
          { integer: t.integer, text: t.text },
          (o) => and(eq(o.state, 'open'), gt(o.integer, 3), notDeleted(o)),
          { rows: 'visible' },
        ),
        can(() => others, { integer: t.integer }, 'update'),
        can(() => others, { id: t.uuid }, 'read'),
      ),
      immutable: [t.integer, t.state],
    }),
  ]).enableRLS();
});

test('every other rule and constraint accepts these columns', () => {
  pgTable('own', columns, (t) => [
    ...access(t, {
      read: or(
        owner(t.uuid),
        owner(t.text),
        eq(t.integer, 1),
        ne(t.bigint, 1),
        eq(t.boolean, true),
        eq(t.state, 'open'),
        lt(t.integer, claims.level),
        lte(t.integer, 1),
        gte(t.at, new Date()),
        inList(t.integer, claims.teams),
        inList(t.state, ['open']),
        isNull(t.at),
        not(notDeleted(t)),
        anyone,
      ),
    }),
    references(t.uuid, others.id, 'cascade'),
    references(t.integer, others.integer, 'cascade'),
    references(t.state, others.state, 'cascade'),
    uniqueOn(t.integer, t.text),
    notBlank(t.text, { max: 3 }),
    matches(t.text, /^a$/),
    oneOf(t.state),
    between(t.integer, 1, 2),
    foreignKey({ columns: [t.integer], foreignColumns: [others.integer] }),
  ]);
});

test('the other table still checks its own names', () => {
  pgTable('own', columns, (t) => [
    ...access(t, {
      read: or(
        // @ts-expect-error no such column to join
        exists(() => others, { integre: t.integer }),
        // @ts-expect-error no such column to join by
        exists(() => others, { integer: t.integre }),
        // @ts-expect-error no such column to join
        can(() => others, { integre: t.integer }, 'read'),
        exists(
          () => others,
          { integer: t.integer },
          // @ts-expect-error not a value of the enum
          (o) => eq(o.state, 'opne'),
        ),
        exists(
          () => others,
          { integer: t.integer },
          // @ts-expect-error text is not a number
          (o) => eq(o.integer, 'three'),
        ),
      ),
    }),
  ]);
});

test('columns of a known type are still compared', () => {
  pgTable('own', columns, (t) => [
    ...access(t, {
      read: or(
        // @ts-expect-error text is not a number
        exists(() => others, { integer: others.text }),
        // @ts-expect-error text is not a number
        exists(() => others, { integer: t.integer, bigint: others.text }),
      ),
    }),
  ]);
});
