import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import { test } from 'vitest';
import {
  and,
  anyone,
  can,
  defineAccess,
  enumeration,
  eq,
  exists,
  gt,
  id,
  inList,
  instant,
  isNull,
  ne,
  notDeleted,
  or,
  owner,
  pgTable,
  softDelete,
} from './index.ts';

const { access, claims } = defineAccess({
  claims: {
    organisations: 'uuid[]',
    level: 'integer',
    trusted: 'boolean',
    nick: { type: 'text', at: ['user', 'nick'] },
  },
});

const projects = pgTable('projects', {
  id: id(),
  state: enumeration('state', ['open', 'shut']).notNull(),
  size: integer('size').notNull(),
  ...softDelete(),
});

const columns = {
  id: id(),
  projectId: uuid('project_id').notNull(),
  title: text('title'),
  tries: integer('tries'),
  isPublic: boolean('is_public').notNull(),
  doneAt: instant('done_at'),
  createdBy: uuid('created_by').notNull(),
};

test('a rule knows the columns of its table', () => {
  pgTable('jobs', columns, (t) => [
    ...access(t, { read: and(owner(t.createdBy), isNull(t.doneAt)), immutable: [t.createdBy] }),
    // @ts-expect-error no such column
    ...access(t, { read: owner(t.createdby) }),
    // @ts-expect-error no such column
    ...access(t, { read: isNull(t.donAt) }),
    // @ts-expect-error no such column
    ...access(t, { read: anyone, immutable: [t.createdby] }),
    // @ts-expect-error no column for a deletion
    ...access(t, { read: notDeleted(t) }),
    // @ts-expect-error no such operation
    ...access(t, { raed: anyone }),
  ]);
});

test('a column is compared with values of its type', () => {
  pgTable('jobs', columns, (t) => [
    ...access(t, {
      read: or(eq(t.title, 'a'), gt(t.tries, 3), eq(t.isPublic, true), gt(t.doneAt, new Date())),
    }),
    ...access(t, {
      read: or(
        // @ts-expect-error a number is not text
        eq(t.title, 3),
        // @ts-expect-error text is not a number
        ne(t.tries, 'three'),
        // @ts-expect-error text is not a boolean
        eq(t.isPublic, 'true'),
        // @ts-expect-error a number is not a moment
        gt(t.doneAt, 0),
        // @ts-expect-error a list of numbers is not a list of text
        inList(t.title, [1]),
        // @ts-expect-error test for NULL with isNull
        eq(t.title, null),
      ),
    }),
  ]);
});

test('a claim must be declared, and have the type of its column', () => {
  pgTable('jobs', columns, (t) => [
    ...access(t, {
      read: or(
        inList(t.projectId, claims.organisations),
        gt(t.tries, claims.level),
        eq(t.isPublic, claims.trusted),
        eq(t.title, claims.nick),
        eq(t.createdBy, claims.sub),
        inList(t.title, claims.roles),
      ),
    }),
    ...access(t, {
      read: or(
        // @ts-expect-error not declared
        eq(t.projectId, claims.tenant),
        // @ts-expect-error text is not a number
        eq(t.title, claims.level),
        // @ts-expect-error a number is not text
        eq(t.tries, claims.nick),
        // @ts-expect-error one value is not a list
        inList(t.projectId, claims.sub),
        // @ts-expect-error a list is not one value
        eq(t.projectId, claims.organisations),
      ),
    }),
  ]);
  // @ts-expect-error no such claim type
  defineAccess({ claims: { born: 'date' } });
});

test('an exists() uses the columns of the other table', () => {
  pgTable('jobs', columns, (t) => [
    ...access(t, {
      read: and(
        exists(
          () => projects,
          { id: t.projectId },
          (p) => eq(p.state, 'open'),
        ),
        can(() => projects, { id: t.projectId }, 'update'),
      ),
    }),
    ...access(t, {
      read: or(
        // @ts-expect-error no such column to join
        exists(() => projects, { idd: t.projectId }),
        // @ts-expect-error no such column to join by
        exists(() => projects, { id: t.projectid }),
        exists(
          () => projects,
          { id: t.projectId },
          // @ts-expect-error no such column in the other table
          (p) => eq(p.stat, 'open'),
        ),
        exists(
          () => projects,
          { id: t.projectId },
          // @ts-expect-error not a value of the enumeration
          (p) => eq(p.state, 'opne'),
        ),
        exists(
          () => projects,
          { id: t.projectId },
          // @ts-expect-error text is not a number
          (p) => eq(p.size, 'big'),
        ),
        // @ts-expect-error no such operation
        can(() => projects, { id: t.projectId }, 'change'),
        exists(
          () => projects,
          { id: t.projectId },
          () => anyone,
          // @ts-expect-error neither raw nor visible
          { rows: 'all' },
        ),
        // @ts-expect-error a number does not join a uuid
        exists(() => projects, { id: t.tries }),
      ),
    }),
  ]);
});

test('and() and or() need at least one rule', () => {
  // @ts-expect-error an empty list
  and();
  // @ts-expect-error an empty list
  or();
});
