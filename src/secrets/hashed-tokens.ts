import {
  and,
  eq,
  gt,
  isNull,
  or,
  sql,
  type InferInsertModel,
  type InferSelectModel,
  type SQL,
} from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { AnyDatabase } from '../postgres/any-database.ts';
import { hashOfToken, isSameHash, newToken, refuseTokenSettings } from './token-text.ts';

type TokenColumn =
  | 'tokenHash'
  | 'tokenPrefix'
  | 'tokenExpiresAt'
  | 'tokenUsedAt'
  | 'previousTokenHash'
  | 'previousTokenUntil';
type Secret = Exclude<TokenColumn, 'tokenPrefix' | 'tokenExpiresAt'>;

/** A table with the columns of the kit's `hashedToken()`. */
export type TokenTable = PgTable & Readonly<Record<TokenColumn, AnyPgColumn>>;

/** A row without the hashes. */
export type TokenRow<T extends TokenTable> = Omit<InferSelectModel<T>, Secret>;

export interface TokenSettings {
  /** The start of every token, for people and secret scanners: `gdn` makes `gdn_…`. */
  readonly prefix: string;
  /** Milliseconds until a token expires, by the time of the database. Default: never. */
  readonly lifetime?: number;
  /** Milliseconds that the old token stays valid after a rotation. Default: 0. */
  readonly grace?: number;
}

/** An issued token. It is not stored: show it once. */
export interface IssuedToken<T extends TokenTable> {
  readonly token: string;
  readonly row: TokenRow<T>;
}

/** Issues and verifies the tokens of a table. */
export interface HashedTokens<T extends TokenTable> {
  /** Inserts a row with a new token. */
  issue(db: AnyDatabase, values: Omit<InferInsertModel<T>, TokenColumn>): Promise<IssuedToken<T>>;
  /** The row of a valid token; undefined for any other text. */
  verify(db: AnyDatabase, token: unknown): Promise<TokenRow<T> | undefined>;
  /** As `verify`, and makes the token invalid: of several callers at once, one gets the row. */
  consume(db: AnyDatabase, token: unknown): Promise<TokenRow<T> | undefined>;
  /** Replaces a valid token. The old one stays valid for the grace period. */
  rotate(db: AnyDatabase, token: unknown): Promise<IssuedToken<T> | undefined>;
  /** Makes the token invalid, and the one before it. */
  revoke(db: AnyDatabase, token: unknown): Promise<boolean>;
}

/**
 * Issues, verifies, rotates and revokes the tokens of a table with the kit's `hashedToken()`.
 * Statements and errors contain only hashes. Expiry is decided by the time of the database.
 *
 * @example
 * const sessions = pgTable('sessions', { id: id(), ...hashedToken() }, (t) => [
 *   ...hashedTokenKeys(t),
 * ]);
 * const tokens = hashedTokens(sessions, { prefix: 'gdn', lifetime: 30 * 86_400_000 });
 * const { token } = await tokens.issue(db, { id: newId() });
 * const session = await tokens.verify(db, token);
 */
export function hashedTokens<T extends TokenTable>(
  table: T,
  { prefix, lifetime, grace = 0 }: TokenSettings,
): HashedTokens<T> {
  refuseTokenSettings(prefix, [lifetime, grace]);
  const { tokenHash, tokenExpiresAt, tokenUsedAt, previousTokenHash, previousTokenUntil } = table;
  const expires = lifetime === undefined ? null : later(lifetime);
  const isValid = and(
    or(isNull(tokenExpiresAt), gt(tokenExpiresAt, sql`now()`)),
    isNull(tokenUsedAt),
  );
  const isCurrent = (hash: string): SQL | undefined => and(eq(tokenHash, hash), isValid);
  const isAny = (hash: string): SQL | undefined =>
    and(
      or(eq(tokenHash, hash), and(eq(previousTokenHash, hash), gt(previousTokenUntil, sql`now()`))),
      isValid,
    );
  const change = async (
    db: AnyDatabase,
    values: Readonly<Partial<Record<TokenColumn, unknown>>>,
    where: SQL | undefined,
  ): Promise<TokenRow<T> | undefined> => {
    const [row] = await db
      .update(table as PgTable)
      .set(values as never)
      .where(where)
      .returning();
    return row && visible<T>(row);
  };
  return {
    async issue(db, values) {
      const { token, hash, visible: tokenPrefix } = newToken(prefix);
      const own = { ...values, tokenHash: hash, tokenPrefix, tokenExpiresAt: expires };
      const [row] = await db
        .insert(table as PgTable)
        .values(own as never)
        .returning();
      return { token, row: visible<T>(row ?? {}) };
    },
    async verify(db, token) {
      const hash = hashOfToken(token, prefix);
      if (hash === undefined) return undefined;
      const [row] = (await db
        .select()
        .from(table as PgTable)
        .where(isAny(hash))
        .limit(1)) as Row[];
      const hashes = [row?.['tokenHash'], row?.['previousTokenHash']];
      return row && hashes.some((one) => isSameHash(one, hash)) ? visible<T>(row) : undefined;
    },
    async consume(db, token) {
      const hash = hashOfToken(token, prefix);
      return hash === undefined
        ? undefined
        : change(db, { tokenUsedAt: sql`now()` }, isCurrent(hash));
    },
    async rotate(db, token) {
      const hash = hashOfToken(token, prefix);
      if (hash === undefined) return undefined;
      const next = newToken(prefix);
      const values = {
        tokenHash: next.hash,
        tokenPrefix: next.visible,
        tokenExpiresAt: expires,
        previousTokenHash: hash,
        previousTokenUntil: later(grace),
      };
      const row = await change(db, values, isCurrent(hash));
      return row && { token: next.token, row };
    },
    async revoke(db, token) {
      const hash = hashOfToken(token, prefix);
      if (hash === undefined) return false;
      const values = { tokenExpiresAt: sql`now()`, previousTokenUntil: sql`now()` };
      return (await change(db, values, isAny(hash))) !== undefined;
    },
  };
}

type Row = Record<string, unknown>;

const later = (milliseconds: number): SQL =>
  sql`now() + ${milliseconds}::bigint * interval '1 millisecond'`;

function visible<T extends TokenTable>(row: Row): TokenRow<T> {
  const {
    tokenHash: _,
    tokenUsedAt: __,
    previousTokenHash: ___,
    previousTokenUntil: ____,
    ...rest
  } = row;
  return rest as TokenRow<T>;
}
