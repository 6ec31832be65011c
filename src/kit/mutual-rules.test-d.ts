import { pgTable as drizzlePgTable, uuid, type PgTableExtraConfigValue } from 'drizzle-orm/pg-core';
import { expectTypeOf, test } from 'vitest';
import { and, can, defineAccess, eq, exists, id, owner, pgTable, references } from './index.ts';

// The type of a table must not depend on its rules: the rules of two tables may name each other.

const { access } = defineAccess();

const teams = pgTable('teams', { id: id(), createdBy: uuid('created_by').notNull() }, (t) => [
  ...access(t, {
    read: exists(
      () => members,
      { teamId: t.id },
      (m) => owner(m.userId),
    ),
    update: can(() => members, { teamId: t.id }, 'update'),
  }),
]).enableRLS();

const members = pgTable(
  'members',
  {
    id: id(),
    // Both ways to declare a foreign key.
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    userId: uuid('user_id').notNull(),
  },
  (t) => [
    references(t.teamId, teams.id, 'cascade'),
    ...access(t, {
      read: exists(
        () => teams,
        { id: t.teamId },
        (team) => owner(team.createdBy),
      ),
      update: exists(
        () => members,
        { teamId: t.teamId },
        // @ts-expect-error the types of the columns are known
        (m) => eq(m.userId, 3),
      ),
    }),
  ],
).enableRLS();

const drizzleTeams = drizzlePgTable('teams', { id: id() }, (t): PgTableExtraConfigValue[] => [
  ...access(t, {
    read: exists(
      () => drizzleMembers,
      { teamId: t.id },
      (m) => and(owner(m.userId)),
    ),
  }),
]).enableRLS();

const drizzleMembers = drizzlePgTable('members', {
  id: id(),
  teamId: uuid('team_id')
    .notNull()
    .references(() => drizzleTeams.id),
  userId: uuid('user_id').notNull(),
});

test('tables whose rules name each other keep their types', () => {
  expectTypeOf<typeof teams.$inferSelect>().toEqualTypeOf<{ id: string; createdBy: string }>();
  expectTypeOf<(typeof members.$inferSelect)['teamId']>().toEqualTypeOf<string>();
  expectTypeOf<typeof drizzleTeams.$inferSelect>().toEqualTypeOf<{ id: string }>();
});
