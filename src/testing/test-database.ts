import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Extensions, PGlite } from '@electric-sql/pglite';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { importPeer } from '../report/missing-package.ts';
import { extensionsOf } from '../migrations/extensions-of.ts';
import { migrate, readMigrations, type Migration } from '../migrations/index.ts';
import { loadPgliteExtensions } from '../postgres/pglite-extensions.ts';
import { isolated, type IsolatedTest } from './isolated.ts';
import { requireVersions } from '../report/require-versions.ts';
import { blankDump } from '../postgres/blank-dump.ts';
import { keptDump } from '../postgres/kept-dump.ts';
import { leanDump } from '../postgres/lean-dump.ts';
import { openDump } from '../postgres/open-dump.ts';

/** A migrated, in-process Postgres for a test. */
export interface TestDatabase<Schema extends Record<string, unknown>> {
  readonly client: PGlite;
  readonly db: PgliteDatabase<Schema>;
  /**
   * Runs a test inside a transaction that is rolled back, so that tests do not affect
   * each other. Run a statement that is expected to fail in `attempt`; otherwise all
   * later statements fail too.
   */
  isolated<T>(run: (test: IsolatedTest<Schema>) => Promise<T>): Promise<T>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestDatabaseOptions<Schema extends Record<string, unknown>> {
  /** Tables and relations, for `db.query`. */
  readonly schema?: Schema;
  /** The migrations folder. */
  readonly folder: string;
  /**
   * PGlite extensions of your own. Extensions that PGlite or its packages
   * (@electric-sql/pglite-pgvector) provide are loaded if the migrations create them.
   */
  readonly extensions?: Extensions;
  /**
   * SQL that runs before the migrations: roles, schemas and functions that a platform such as
   * Supabase provides.
   */
  readonly before?: string;
}

/**
 * A migrated PGlite. The first call for a set of migrations runs them and keeps a
 * snapshot; each later call, in any process, loads it in about half a second.
 *
 * @example
 * await using test = await testDatabase({ schema: { labels }, folder: 'drizzle' });
 * await test.db.insert(labels).values({ id: newId(), name: 'backend' });
 */
export async function testDatabase<Schema extends Record<string, unknown> = Record<string, never>>(
  options: TestDatabaseOptions<Schema>,
): Promise<TestDatabase<Schema>> {
  requireVersions(['drizzle-orm', 'zod', '@electric-sql/pglite']);
  const { folder } = options;
  // Refuses a folder without migrations before PGlite starts.
  const migrations = readMigrations(folder);
  const extensions = await extensionsFor(migrations, options.extensions ?? {});
  await importPeer('testDatabase()', () => import('@electric-sql/pglite'));
  const { drizzle } = await import('drizzle-orm/pglite');
  const client = await openDump(
    await snapshot(folder, extensions, options.before ?? ''),
    extensions,
  );
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

async function extensionsFor(
  migrations: readonly Migration[],
  given: Extensions,
): Promise<Extensions> {
  const names = new Set(
    Object.entries(given).flatMap(([key, value]) => [key, value instanceof URL ? key : value.name]),
  );
  const others = extensionsOf(migrations).filter(({ name }) => !names.has(name));
  return { ...(await loadPgliteExtensions(others)), ...given };
}

async function snapshot(folder: string, extensions: Extensions, before: string): Promise<Blob> {
  return keptDump([before, ...(await partsOf(folder, extensions))], async () => {
    const client = await openDump(await blankDump(), extensions);
    await client.exec(before);
    await migrate(client, { folder });
    return leanDump(client);
  });
}

/** The inputs of the snapshot: the migrations and the extensions. */
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
