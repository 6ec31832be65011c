import { sql } from 'drizzle-orm';
import type { Registry } from '../tables/registry.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { prepared, statement, type Statements } from './write/statement.ts';

/** The stored state of a package before a fetch. */
export interface KnownPackage {
  readonly id: string;
  readonly etag: string | undefined;
}

export async function readKnownPackage(
  db: Statements,
  registry: Registry,
  name: string,
): Promise<KnownPackage | undefined> {
  const [row] = await prepared<{ id: string; etag: string | null }>(
    db,
    statement`select id, etag from packages where name = ${name} and registry = ${registry}`,
  );
  return row === undefined ? undefined : { id: row.id, etag: row.etag ?? undefined };
}

export async function readKnownVersions(
  db: Statements,
  known: KnownPackage | undefined,
): Promise<ReadonlySet<string>> {
  if (known === undefined) return new Set();
  const rows = await rowsOf<{ version: string }>(
    db,
    sql`select version from package_versions where package_id = ${known.id}::uuid`,
  );
  return new Set(rows.map(({ version }) => version));
}

/** Records a fetch that failed. */
export async function recordAttempt(
  db: Statements,
  known: KnownPackage | undefined,
): Promise<void> {
  if (known === undefined) return;
  const now = new Date().toISOString();
  await db.execute(
    sql`update packages set last_fetch_attempt = ${now}::timestamptz where id = ${known.id}::uuid`,
  );
}
