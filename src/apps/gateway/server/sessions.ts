import { eq, lte, sql } from 'drizzle-orm';
import { newId } from '../../../kit/id.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { hashedTokens, type HashedTokens } from '../../../secrets/hashed-tokens.ts';
import { sessions, type Session } from '../tables/sessions.ts';
import { users } from '../tables/users.ts';
import { createUserInput } from '../zod/index.ts';
import { isPassword } from './passwords.ts';

/** Verifies, rotates and revokes the tokens of sessions. They are valid for 30 days. */
export const sessionTokens: HashedTokens<typeof sessions> = hashedTokens(sessions, {
  prefix: 'mcpg',
  lifetime: 30 * 86_400_000,
  grace: 60_000,
});

/** A new session. The token is not stored: hand it to the user once. */
export interface SignedIn {
  readonly token: string;
  readonly session: Session;
}

/**
 * Starts a session for a user with the right password; undefined for any other pair, after the same
 * time. Run it as the server. Limit its calls: it does not count failures.
 */
export async function signIn(
  db: AnyDatabase,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignedIn | undefined> {
  const address = createUserInput.shape.email.safeParse(email);
  const [user] = address.success
    ? await db
        .select({ id: users.id, passwordHash: users.passwordHash })
        .from(users)
        .where(eq(users.email, address.data))
    : [];
  if (!(await isPassword(password, user?.passwordHash)) || !user) return undefined;
  const at = new Date();
  const { token, row } = await sessionTokens.issue(db, {
    id: newId(),
    userId: user.id,
    createdAt: at,
    updatedAt: at,
  });
  return { token, session: row };
}

/** Deletes the sessions that have expired, and returns their number. */
export async function deleteExpiredSessions(db: AnyDatabase): Promise<number> {
  const gone = await db
    .delete(sessions)
    .where(lte(sessions.tokenExpiresAt, sql`now()`))
    .returning({ id: sessions.id });
  return gone.length;
}
