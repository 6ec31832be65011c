import { sql } from 'drizzle-orm';
import type { AnyDatabase } from './any-database.ts';

/** The principal of a transaction, and the database role that the policies apply to. */
export interface PrincipalOptions {
  readonly role: string;
  /** The verified payload of the token; empty for a principal who is not signed in. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Runs queries as a principal, in one transaction: row-level security decides about each row.
 * The role and the claims end with the transaction, so that a pooled connection, also behind
 * pgbouncer, keeps neither.
 *
 * @example
 * const userId = '0197a3c5-0000-7000-8000-000000000001';
 * const mine = await asPrincipal(db, { role: 'app_user', claims: { sub: userId } }, (tx) =>
 *   tx.select().from(notes),
 * );
 */
export function asPrincipal<Result>(
  db: AnyDatabase,
  { role, claims }: PrincipalOptions,
  run: (tx: AnyDatabase) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`,
    );
    return run(tx);
  });
}
