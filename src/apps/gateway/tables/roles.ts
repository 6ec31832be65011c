import { pgEnum, text } from 'drizzle-orm/pg-core';
import {
  anyone,
  baseColumns,
  maxLength,
  pgTable,
  role,
  uniqueOn,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';

/** The roles, from the most to the fewest rights. */
export const userRoles = ['admin', 'manager', 'developer', 'analyst', 'viewer', 'guest'] as const;
export type UserRole = (typeof userRoles)[number];

/** Role of a user in the whole gateway, and of a member in an organization. */
export const userRoleEnum = pgEnum('user_role', userRoles);

/** What a role means, for people: one row for each value of user_role. */
export const roles = pgTable(
  'roles',
  {
    ...baseColumns(),
    name: userRoleEnum('name').notNull(),
    description: text('description').notNull(),
  },
  (t) => [
    uniqueOn(t.name),
    maxLength(t.description, 500),
    ...access(t, {
      read: anyone,
      insert: role('admin'),
      update: role('admin'),
      delete: role('admin'),
      immutable: [t.name, t.createdAt],
    }),
  ],
).enableRLS();

export type Role = typeof roles.$inferSelect;
export type NewRole = typeof roles.$inferInsert;
export type RoleUpdate = Update<typeof roles>;
