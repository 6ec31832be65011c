import { uuid } from 'drizzle-orm/pg-core';
import {
  anyone,
  baseColumns,
  hashedToken,
  hashedTokenKeys,
  indexOn,
  instant,
  owner,
  pgTable,
  references,
} from '../../../kit/index.ts';
import { access, backend } from '../access.ts';
import { users } from './users.ts';

/**
 * A session of a user. The seed stores `token` and `expires_at`; here `token_hash` is the SHA-256 of
 * the token, so a copy of the database opens no session, and `token_expires_at` ends it.
 */
export const sessions = pgTable(
  'sessions',
  {
    ...baseColumns(),
    userId: uuid('user_id').notNull(),
    ...hashedToken(),
    /** A session always expires. */
    tokenExpiresAt: instant('token_expires_at').notNull(),
  },
  (t) => [
    // The seed's sessions_token is the index of the unique token_hash.
    ...hashedTokenKeys(t),
    references(t.userId, users.id, 'cascade'),
    indexOn(t.userId, t.tokenExpiresAt),
    indexOn(t.tokenExpiresAt),
    ...access(t, { read: owner(t.userId), delete: owner(t.userId) }),
    // The backend verifies tokens. A hash of 256 random bits opens nothing.
    ...backend(t, {
      read: {
        rows: anyone,
        columns: [
          t.id,
          t.userId,
          t.tokenHash,
          t.tokenPrefix,
          t.tokenExpiresAt,
          t.tokenUsedAt,
          t.previousTokenHash,
          t.previousTokenUntil,
          t.createdAt,
          t.updatedAt,
        ],
      },
    }),
  ],
).enableRLS();

/** A session as its user sees it. */
export type Session = Pick<
  typeof sessions.$inferSelect,
  'id' | 'userId' | 'tokenPrefix' | 'tokenExpiresAt' | 'createdAt' | 'updatedAt'
>;
