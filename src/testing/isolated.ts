import type { PGlite } from '@electric-sql/pglite';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import type { Claims } from '../model/rule.ts';
import { refusingRule } from './refusing-rule.ts';

/** Context of an isolated test. */
export interface IsolatedTest<Schema extends Record<string, unknown>> {
  readonly db: PgliteDatabase<Schema>;
  readonly client: Pick<PGlite, 'query' | 'exec'>;
  /** Runs an action that may fail. Returns the database error, or `undefined` without an error. */
  attempt(run: () => PromiseLike<unknown>): Promise<DatabaseError | undefined>;
  /**
   * Runs an action as a principal: with the application's database role and these claims,
   * so that the access rules apply. Tests otherwise run as a superuser, who bypasses the
   * rules.
   */
  as<T>(principal: TestPrincipal, run: () => Promise<T>): Promise<T>;
}

/** The principal of an action in a test. */
export interface TestPrincipal {
  /** The database role that the policies apply to. */
  readonly role: string;
  /** The claims of the token. Omit them for an anonymous principal. */
  readonly claims?: Claims;
}

/** The fields of a Postgres error that identify the violated constraint. */
export interface DatabaseError extends Error {
  readonly code?: string;
  readonly constraint?: string;
  readonly column?: string;
  /**
   * The access rule that refused an insert: with RETURNING or ON CONFLICT, Postgres also
   * checks `read` on the new row. Absent for other errors.
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
  // An attempt around as() must analyse a refusal with the principal of the action.
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
    // The rollback resets the settings.
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

/** Drizzle wraps driver errors. */
function databaseError(error: unknown): DatabaseError {
  if (error instanceof Error && !('code' in error) && error.cause)
    return databaseError(error.cause);
  return error as DatabaseError;
}
