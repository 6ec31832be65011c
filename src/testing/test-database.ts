import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type Extensions } from '@electric-sql/pglite';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import type { Claims } from '../model/rule.ts';
import { migrate } from '../migrations/index.ts';
import { keptDump } from './kept-dump.ts';
import { leanDump } from './lean-dump.ts';
import { openDump } from './open-dump.ts';

/** A migrated Postgres of a test's own, in its process. */
export interface TestDatabase<Schema extends Record<string, unknown>> {
  readonly client: PGlite;
  readonly db: PgliteDatabase<Schema>;
  /**
   * Runs a test inside a transaction that is rolled back, so that the next one
   * finds the database as this one did. A statement that is expected to fail
   * belongs into `attempt`, or it would fail all that come after it.
   */
  isolated<T>(run: (test: IsolatedTest<Schema>) => Promise<T>): Promise<T>;
  [Symbol.asyncDispose](): Promise<void>;
}

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
}

export interface TestDatabaseOptions<Schema extends Record<string, unknown>> {
  /** Tables and relations, for `db.query`. */
  readonly schema?: Schema;
  /** The migrations folder. */
  readonly folder: string;
  /** PGlite extensions that the migrations create. */
  readonly extensions?: Extensions;
}

/**
 * A migrated PGlite. The first call for a set of migrations runs them and keeps
 * a snapshot; every later one, in any process, loads that in about half a second.
 *
 * @example
 * await using test = await testDatabase({ schema: { labels }, folder: 'drizzle' });
 * await test.db.insert(labels).values({ id: newId(), name: 'backend' });
 */
export async function testDatabase<Schema extends Record<string, unknown> = Record<string, never>>(
  options: TestDatabaseOptions<Schema>,
): Promise<TestDatabase<Schema>> {
  const { folder, extensions = {} } = options;
  const client = await openDump(await snapshot(folder, extensions), extensions);
  const db = drizzle(
    client,
    options.schema ? { schema: options.schema } : {},
  ) as PgliteDatabase<Schema>;
  return {
    client,
    db,
    isolated: (run) => isolated(client, db, run),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

async function isolated<Schema extends Record<string, unknown>, T>(
  client: PGlite,
  db: PgliteDatabase<Schema>,
  run: (test: IsolatedTest<Schema>) => Promise<T>,
): Promise<T> {
  await client.exec('begin');
  try {
    return await run({
      db,
      client,
      attempt: (action) => attempt(client, action),
      as: (principal, action) => as(client, principal, action),
    });
  } finally {
    await client.exec('rollback');
  }
}

async function as<T>(
  client: PGlite,
  { role, claims = {} }: TestPrincipal,
  action: () => Promise<T>,
): Promise<T> {
  const identify = (name: string, text: string): Promise<unknown> =>
    client.query(
      "select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)",
      [name, text],
    );
  await identify(role, JSON.stringify(claims));
  const result = await action();
  // After an error there is nothing to undo: the rollback takes the settings back.
  await identify('none', '');
  return result;
}

async function attempt(
  client: PGlite,
  action: () => PromiseLike<unknown>,
): Promise<DatabaseError | undefined> {
  await client.exec('savepoint attempt');
  try {
    await action();
    await client.exec('release savepoint attempt');
    return undefined;
  } catch (error) {
    await client.exec('rollback to savepoint attempt');
    // Drizzle wraps what the driver threw.
    return databaseError(error);
  }
}

function databaseError(error: unknown): DatabaseError {
  if (error instanceof Error && !('code' in error) && error.cause)
    return databaseError(error.cause);
  return error as DatabaseError;
}

async function snapshot(folder: string, extensions: Extensions): Promise<Blob> {
  return keptDump(await partsOf(folder, extensions), async () => {
    const client = await PGlite.create({ extensions });
    await migrate(client, { folder });
    return leanDump(client);
  });
}

/** What the snapshot depends on: the migrations and the extensions. */
async function partsOf(
  folder: string,
  extensions: Extensions,
): Promise<readonly (string | Uint8Array)[]> {
  const parts: (string | Uint8Array)[] = [Object.keys(extensions).sort().join()];
  for (const name of (await readdir(folder)).sort()) {
    if (name.endsWith('.sql')) parts.push(name, await readFile(join(folder, name)));
  }
  return [...parts, await readFile(join(folder, 'meta/_journal.json'))];
}
