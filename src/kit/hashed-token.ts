import { text, type AnyPgColumn, type PgTextBuilderInitial } from 'drizzle-orm/pg-core';
import type { NotNull } from 'drizzle-orm';
import type { CheckBuilder, UniqueConstraintBuilder } from 'drizzle-orm/pg-core';
import { matches } from './constraint/text-constraints.ts';
import { uniqueOn } from './index-on.ts';
import { serverOnly } from './server-only.ts';
import { instant, type Instant } from './time.ts';

type Text<Name extends string> = PgTextBuilderInitial<Name, [string, ...string[]]>;

/** The columns of a token. All but the prefix and the expiry are server-only. */
export interface HashedToken {
  /** SHA-256 of the token, base64url. */
  readonly tokenHash: NotNull<Text<'token_hash'>>;
  /** The start of the token, by which people recognize it. */
  readonly tokenPrefix: NotNull<Text<'token_prefix'>>;
  /** NULL: it never expires. */
  readonly tokenExpiresAt: Instant<'token_expires_at'>;
  /** Set when a token for a single use was used. */
  readonly tokenUsedAt: Instant<'token_used_at'>;
  /** The token before the last rotation, valid during the grace period. */
  readonly previousTokenHash: Text<'previous_token_hash'>;
  readonly previousTokenUntil: Instant<'previous_token_until'>;
}

/**
 * Columns for a token: a session, an API key, an invitation. Only the SHA-256 of a random
 * 256-bit token is stored, so a copy of the database opens nothing; a slow hash adds nothing
 * to a random token. Spread them into the table, and `hashedTokenKeys(t)` into its third
 * argument. `hashedTokens()` of the server issues, verifies and rotates.
 *
 * @example
 * const sessions = pgTable('sessions', { id: id(), ...hashedToken() }, (t) => [
 *   ...hashedTokenKeys(t),
 * ]);
 */
export function hashedToken(): HashedToken {
  return {
    tokenHash: serverOnly(text('token_hash').notNull()),
    tokenPrefix: text('token_prefix').notNull(),
    tokenExpiresAt: instant('token_expires_at'),
    tokenUsedAt: serverOnly(instant('token_used_at')),
    previousTokenHash: serverOnly(text('previous_token_hash')),
    previousTokenUntil: serverOnly(instant('previous_token_until')),
  };
}

/** 256 bits in base64url. */
const HASH = /^[A-Za-z0-9_-]{43}$/;

/** The unique constraints and checks of the columns of {@link hashedToken}. */
export function hashedTokenKeys(
  columns: Readonly<Record<'tokenHash' | 'previousTokenHash', AnyPgColumn>>,
): readonly (UniqueConstraintBuilder | CheckBuilder)[] {
  const { tokenHash, previousTokenHash } = columns;
  return [
    uniqueOn(tokenHash),
    uniqueOn(previousTokenHash),
    matches(tokenHash as never, HASH),
    matches(previousTokenHash as never, HASH),
  ];
}
