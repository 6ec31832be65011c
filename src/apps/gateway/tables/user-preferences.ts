import { boolean, uuid } from 'drizzle-orm/pg-core';
import {
  baseColumns,
  enumeration,
  oneOf,
  owner,
  pgTable,
  plainDefault,
  references,
  uniqueOn,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { users } from './users.ts';

export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

/** What a user has chosen for the frontend. */
export const userPreferences = pgTable(
  'user_preferences',
  {
    ...baseColumns(),
    userId: uuid('user_id').notNull(),
    theme: plainDefault(enumeration('theme', themes).notNull(), 'light'),
    notifications: plainDefault(boolean('notifications').notNull(), true),
  },
  (t) => [
    uniqueOn(t.userId),
    references(t.userId, users.id, 'cascade'),
    oneOf(t.theme),
    ...access(t, {
      read: owner(t.userId),
      insert: owner(t.userId),
      update: owner(t.userId),
      immutable: [t.userId, t.createdAt],
    }),
  ],
).enableRLS();

export type UserPreferences = typeof userPreferences.$inferSelect;
export type NewUserPreferences = typeof userPreferences.$inferInsert;
export type UserPreferencesUpdate = Update<typeof userPreferences>;
