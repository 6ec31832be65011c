import { eq, sql } from 'drizzle-orm';
import { newId } from '../../../kit/index.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { hashedTokens, type HashedTokens, type TokenRow } from '../../../secrets/hashed-tokens.ts';
import { userProfiles } from '../tables/user-profiles.ts';
import { userSessions } from '../tables/user-sessions.ts';
import { recordSecurityEvent } from './security-events.ts';

const DAY = 86_400_000;

/** The tokens of sessions: valid for 30 days, and for a minute after a rotation. */
export const sessionTokens: HashedTokens<typeof userSessions> = /* @__PURE__ */ hashedTokens(
  userSessions,
  { prefix: 'pcs', lifetime: 30 * DAY, grace: 60_000 },
);

/**
 * Starts a session of a user who has signed in. The token is shown once, because only its hash is
 * stored. Returns undefined for a user who was deactivated. Run it as the server.
 */
export async function startSession(
  db: AnyDatabase,
  userId: string,
  { userAgent }: { readonly userAgent?: string } = {},
): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    const [profile] = await tx
      .update(userProfiles)
      .set({ lastLoginAt: sql`now()` })
      .where(eq(userProfiles.userId, userId))
      .returning({ isActive: userProfiles.isActive });
    if (profile?.isActive === false) {
      await recordSecurityEvent(tx, { kind: 'sign_in_failed', userId, action: 'deactivated' });
      return undefined;
    }
    const now = new Date();
    const { token } = await sessionTokens.issue(tx, {
      id: newId(),
      userId,
      userAgent: userAgent?.slice(0, 1_000) ?? null,
      lastSeenAt: now,
      createdAt: now,
    });
    return token;
  });
}

/**
 * The session of a token, whose `last_seen_at` it sets. An invalid token is a security event. Run
 * it as the server.
 */
export async function useSession(
  db: AnyDatabase,
  token: unknown,
): Promise<TokenRow<typeof userSessions> | undefined> {
  const session = await sessionTokens.verify(db, token);
  if (session === undefined) {
    await recordSecurityEvent(db, { kind: 'sign_in_failed', action: 'session' });
    return undefined;
  }
  await db
    .update(userSessions)
    .set({ lastSeenAt: sql`now()` })
    .where(eq(userSessions.id, session.id));
  return session;
}
