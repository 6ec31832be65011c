import type { PGlite } from '@electric-sql/pglite';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import type { Claims } from '../model/rule.ts';
import { refusingRule } from './refusing-rule.ts';

/** What an isolated test works with. */
export interface IsolatedTest<Schema extends Record<string, unknown>> {
  readonly db: PgliteDatabase<Schema>;
  readonly client: Pick<PGlite, 'query' | 'exec'>;
  /** Runs what may fail, and gives the database's error, or `undefined` where there was none. */
  attempt(run: () => PromiseLike<unknown>): Promise<DatabaseError | undefined>;
  /**
   * Runs something as a principal: under the application's database role, with
   * these claims, so that the access rules hold. The tests themselves run as a
   * superuser, whom no rule holds.
   */
  as<T>(principal: TestPrincipal, run: () => Promise<T>): Promise<T>;
}

/** Who does something in a test. */
export interface TestPrincipal {
  /** The database role that the policies are for. */
  readonly role: string;
  /** What the token says; nothing for somebody who is not signed in. */
  readonly claims?: Claims;
}

/** The fields of a Postgres error that say what was violated. */
export interface DatabaseError extends Error {
  readonly code?: string;
  readonly constraint?: string;
  readonly column?: string;
  /**
   * The access rule that refused an insert: with RETURNING and ON CONFLICT, Postgres
   * also asks `read` of the new row. Absent for other errors.
   */
  readonly rule?: 'insert' | 'read';
  readonly hint?: string;
}

/** Runs a test inside a transaction that is rolled back. */
export async function isolated<Schema extends Record<string, unknown>, T>(
  client: PGlite,
  db: PgliteDatabase<Schema>,
  run: (test: IsolatedTest<Schema>) => Promise<T>,
): Promise<T> {
  await client.exec('begin');
  // An attempt around as() must judge a refusal as the principal who met it.
  const refused = new WeakMap<object, TestPrincipal>();
  try {
    return await run({
      db,
      client,
      attempt: (action) => attempt(client, action, refused),
      as: (principal, action) => as(client, principal, action, refused),
    });
  } finally {
    await client.exec('rollback');
  }
}

async function as<T>(
  client: PGlite,
  principal: TestPrincipal,
  action: () => Promise<T>,
  refused: WeakMap<object, TestPrincipal>,
): Promise<T> {
  await become(client, principal);
  try {
    const result = await action();
    await become(client, { role: 'none' });
    return result;
  } catch (error) {
    // There is nothing to undo: the rollback takes the settings back.
    const own = databaseError(error);
    if (!refused.has(own)) refused.set(own, principal);
    throw error;
  }
}

async function become(client: PGlite, { role, claims }: TestPrincipal): Promise<void> {
  const text = role === 'none' ? '' : JSON.stringify(claims ?? {});
  await client.query(
    "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)",
    [role, text],
  );
}

async function attempt(
  client: PGlite,
  action: () => PromiseLike<unknown>,
  refused: WeakMap<object, TestPrincipal>,
): Promise<DatabaseError | undefined> {
  await client.exec('savepoint attempt');
  try {
    await action();
    await client.exec('release savepoint attempt');
    return undefined;
  } catch (error) {
    await client.exec('rollback to savepoint attempt');
    const own = databaseError(error);
    const principal = refused.get(own);
    if (principal) await become(client, principal);
    const rule = await refusingRule(client, own);
    await client.exec('rollback to savepoint attempt');
    return rule ? Object.assign(own, { rule, hint: HINTS[rule] }) : own;
  }
}

const HINTS = {
  insert: 'The rule for insert refuses the new row.',
  read: 'The rule for read refuses the new row: RETURNING and ON CONFLICT read it.',
} as const;

/** Drizzle wraps what the driver threw. */
function databaseError(error: unknown): DatabaseError {
  if (error instanceof Error && !('code' in error) && error.cause)
    return databaseError(error.cause);
  return error as DatabaseError;
}
