import { relations } from 'drizzle-orm';
import { pgSchema, pgTable, primaryKey, text, timestamp, vector } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/report/problem.ts';
import { compareWithDrizzle } from './compare-with-drizzle.ts';
import type { ZeroSchema } from './zero-schema.ts';

// The comparison must detect deliberate mistakes.

const users = pgSchema('app').table('users', { id: text().primaryKey(), name: text() });
const members = pgTable(
  'members',
  {
    team: text().notNull(),
    userId: text('user_id').notNull(),
    since: timestamp(),
    embedding: vector({ dimensions: 3 }),
  },
  (t) => [primaryKey({ columns: [t.team, t.userId] })],
);
const membersRelations = relations(members, ({ one }) => ({
  user: one(users, { fields: [members.userId], references: [users.id] }),
}));
const usersRelations = relations(users, ({ many }) => ({ members: many(members) }));
const exports = { users, members, membersRelations, usersRelations };

const string = { type: 'string' };
const table = {
  serverName: 'app.users',
  columns: { id: string, name: { ...string, optional: true } },
  primaryKey: ['id'],
};
const memberColumns = {
  team: string,
  userId: { ...string, serverName: 'user_id' },
  since: { type: 'number', optional: true },
};
const user = {
  sourceField: ['userId'],
  destField: ['id'],
  destSchema: 'users',
  cardinality: 'one',
};
const back = {
  sourceField: ['id'],
  destField: ['userId'],
  destSchema: 'members',
  cardinality: 'many',
};
const right: ZeroSchema = {
  tables: {
    users: table,
    members: { columns: memberColumns, primaryKey: ['team', 'userId'] },
  },
  relationships: { members: { user: [user] }, users: { members: [back] } },
};
const told: Finding = {
  severity: 'warning',
  code: 'zero/unsupported-type',
  message: 'members.embedding is left out: zero-cache cannot sync vector(3).',
  fix: '',
};

const untoldOf = (zero: ZeroSchema, findings: readonly Finding[] = [told]): readonly string[] =>
  compareWithDrizzle({ files: [{ file: 'schema.ts', exports }], exports }, zero, findings).untold;

test('a correct schema, in which everything that is left out is reported', () => {
  expect(untoldOf(right)).toEqual([]);
});

const withMembers = (members: ZeroSchema['tables'][string]): ZeroSchema => ({
  ...right,
  tables: { users: table, members },
});
const withColumns = (columns: ZeroSchema['tables'][string]['columns']): ZeroSchema =>
  withMembers({ columns, primaryKey: ['team', 'userId'] });

test.each<[string, ZeroSchema, readonly Finding[], string]>([
  ['a column left out untold', right, [], 'members.embedding: nothing for vector(3)'],
  [
    'a finding about another column',
    right,
    [{ ...told, message: 'members.embedding2 is left out.' }],
    'members.embedding: nothing for vector(3)',
  ],
  [
    'a column under a wrong name',
    withColumns({ ...memberColumns, userId: string }),
    [told],
    'members.userId: undefined for user_id',
  ],
  [
    'a wrong type',
    withColumns({ ...memberColumns, since: { ...string, optional: true } }),
    [told],
    'members.since: string for timestamp',
  ],
  [
    'a column that may be NULL, and is required',
    withColumns({ ...memberColumns, since: { type: 'number' } }),
    [told],
    'members.since: optional false, NOT NULL false',
  ],
  [
    'a column of nowhere',
    withColumns({ ...memberColumns, extra: string }),
    [told],
    "members.extra is not Drizzle's",
  ],
  [
    'a part of the key',
    withMembers({ columns: memberColumns, primaryKey: ['team'] }),
    [told],
    'members: key team for team,userId',
  ],
  [
    'a relation left out',
    { ...right, relationships: { members: { user: [user] } } },
    [told],
    'users.members: nothing for (id) to many members(userId)',
  ],
  [
    'a relation of one for many',
    {
      ...right,
      relationships: {
        members: { user: [user] },
        users: { members: [{ ...back, cardinality: 'one' }] },
      },
    },
    [told],
    'users.members: (id) to one members(userId) for (id) to many members(userId)',
  ],
  [
    'a relation of nowhere',
    {
      ...right,
      relationships: { ...right.relationships, users: { members: [back], more: [back] } },
    },
    [told],
    "users.more is not Drizzle's",
  ],
])('%s is found', (_, zero, findings, untold) => {
  expect(untoldOf(zero, findings)).toEqual([untold]);
});

test('a table that is left out without a finding, and its relations', () => {
  expect(untoldOf({ tables: { users: table }, relationships: {} })).toEqual([
    'members is not in the Zero schema',
    'users.members: nothing for (id) to many members(userId)',
  ]);
});
