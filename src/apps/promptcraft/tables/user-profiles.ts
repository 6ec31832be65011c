import { boolean, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  boundedJson,
  createdAt,
  eq,
  id,
  instant,
  matches,
  maxLength,
  or,
  owner,
  pgTable,
  printable,
  references,
  role,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { access } from '../access.ts';
import { users } from './users.ts';

/** Settings of the interface that no query filters by. */
export type ProfilePreferences = JsonObject;

/** What a user shows of themselves. One row per user. */
export const userProfiles = pgTable(
  'user_profiles',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    displayName: sortedText('display_name'),
    avatarUrl: text('avatar_url'),
    bio: text('bio'),
    preferences: jsonb('preferences').$type<ProfilePreferences>(),
    /** Administrators change it with set_user_active(). */
    isActive: boolean('is_active').notNull(),
    /** The server sets it when it starts a session. */
    lastLoginAt: instant('last_login_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.userId),
    references(t.userId, users.id, 'cascade'),
    printable(t.displayName, { max: 100 }),
    // javascript: and data: addresses would run in the page that shows the picture.
    matches(t.avatarUrl, /^https:\/\/[^\u0001-\u0020"<>]+$/, { max: 2_000 }),
    maxLength(t.bio, 2_000),
    boundedJson(t.preferences, { shape: 'object', maxBytes: 16_384, maxDepth: 8 }),
    ...access(t, {
      read: or(owner(t.userId), role('admin')),
      insert: and(owner(t.userId), eq(t.isActive, true)),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [t.userId, t.isActive, t.lastLoginAt, t.createdAt],
    }),
  ],
).enableRLS();

export type UserProfile = typeof userProfiles.$inferSelect;
export type NewUserProfile = typeof userProfiles.$inferInsert;
export type UserProfileUpdate = Update<typeof userProfiles>;
