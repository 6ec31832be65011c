import { text, uuid } from 'drizzle-orm/pg-core';
import {
  createdAt,
  descending,
  hashedToken,
  hashedTokenKeys,
  id,
  indexOn,
  instant,
  maxLength,
  owner,
  pgTable,
  references,
  retain,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { users } from './users.ts';

/**
 * A signed-in device. The server issues the token and stores its hash; a user lists and ends their
 * own sessions.
 */
export const userSessions = pgTable(
  'user_sessions',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    ...hashedToken(),
    userAgent: text('user_agent'),
    lastSeenAt: instant('last_seen_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    references(t.userId, users.id, 'cascade'),
    ...hashedTokenKeys(t),
    maxLength(t.userAgent, 1_000),
    // The sessions of a user, last seen first.
    indexOn(t.userId, descending(t.lastSeenAt), descending(t.id)),
    ...retain(t.tokenExpiresAt, '0 days'),
    ...access(t, { read: owner(t.userId), delete: owner(t.userId) }),
  ],
).enableRLS();

export type UserSession = typeof userSessions.$inferSelect;
