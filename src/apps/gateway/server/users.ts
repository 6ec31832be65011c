import { eq, sql } from 'drizzle-orm';
import { newId } from '../../../kit/id.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { auditLogs } from '../tables/audit-logs.ts';
import { roles, type UserRole } from '../tables/roles.ts';
import { userPreferences } from '../tables/user-preferences.ts';
import { users, type NewUser, type User } from '../tables/users.ts';
import { createUserInput, type CreateUserInput } from '../zod/index.ts';
import { hashPassword } from './passwords.ts';

/** Who acts, for the audit log; null for the gateway itself. */
export interface Actor {
  readonly actorId: string | null;
}

/** The columns of a user that are not server-only. */
const visible = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  roleId: users.roleId,
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
};

/**
 * Creates a user with preferences and an audit log, all or none of them. Only the hash of the
 * password is stored. Run it as the server, which may write the hash, after you checked that the
 * actor is an administrator.
 *
 * @throws the ZodError of `createUserInput`
 */
export async function createUser(
  db: AnyDatabase,
  input: CreateUserInput,
  { actorId }: Actor,
): Promise<User> {
  const { password, confirmPassword: _, ...given } = createUserInput.parse(input);
  const passwordHash = await hashPassword(password);
  const at = new Date();
  return db.transaction(async (tx) => {
    const [role] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.name, given.role));
    const own: NewUser = {
      ...given,
      id: newId(),
      roleId: role?.id ?? null,
      passwordHash,
      createdAt: at,
      updatedAt: at,
    };
    const [user] = await tx.insert(users).values(own).returning(visible);
    await tx.insert(userPreferences).values({
      id: newId(),
      userId: own.id,
      theme: 'light',
      notifications: true,
      createdAt: at,
      updatedAt: at,
    });
    await tx.insert(auditLogs).values({
      id: newId(),
      action: 'user.created',
      actorId,
      targetId: own.id,
      details: { role: given.role },
      timestamp: at,
    });
    return user as User;
  });
}

/**
 * Changes the role of a user, and writes an audit log. Returns false if there is no such user. Run
 * it as the server, after you checked that the actor is an administrator.
 */
export async function setUserRole(
  db: AnyDatabase,
  { userId, role }: { readonly userId: string; readonly role: UserRole },
  { actorId }: Actor,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select({ role: users.role })
      .from(users)
      .where(eq(users.id, userId))
      .for('update');
    if (!before) return false;
    const [row] = await tx.select({ id: roles.id }).from(roles).where(eq(roles.name, role));
    await tx
      .update(users)
      .set({ role, roleId: row?.id ?? null })
      .where(eq(users.id, userId));
    await tx.insert(auditLogs).values({
      id: newId(),
      action: 'user.role.changed',
      actorId,
      targetId: userId,
      details: { from: before.role, to: role },
      timestamp: new Date(),
    });
    return true;
  });
}

/** Rows of one statement. Postgres accepts 65,535 parameters. */
const BATCH = 1_000;

/**
 * Inserts users, and renames those whose e-mail address exists. Of several rows with one address,
 * the last one counts. Returns the users, all or none of them written.
 */
export async function upsertUsers(
  db: AnyDatabase,
  rows: readonly NewUser[],
): Promise<readonly User[]> {
  const unique = [...new Map(rows.map((row) => [row.email, row])).values()];
  return db.transaction(async (tx) => {
    const written: User[] = [];
    for (let at = 0; at < unique.length; at += BATCH) {
      const batch = await tx
        .insert(users)
        .values(unique.slice(at, at + BATCH))
        .onConflictDoUpdate({
          target: users.email,
          set: { name: sql`excluded.name`, updatedAt: sql`excluded.updated_at` },
        })
        .returning(visible);
      written.push(...batch);
    }
    return written;
  });
}
