import { readFile, readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { is, Relations } from 'drizzle-orm';
import postgres from 'postgres';
import { copyRows } from '../../src/testing/rows/copy-rows.ts';

/** Migrates a database, and returns the refused statements. */
export async function applyMigrations(
  url: string,
  folder: string,
  before: string,
): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const refused: string[] = [];
  try {
    await sql.unsafe(PREPARE);
    await sql.unsafe(before);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
    for (const file of files) {
      const text = await readFile(`${folder}/${file}`, 'utf8');
      for (const statement of text.split('--> statement-breakpoint')) {
        await sql.unsafe(withoutVectors(statement)).catch((error: Error) => {
          if (!/already exists/.test(error.message))
            refused.push(`${file}: ${error.message}: ${statement.trim().slice(0, 120)}`);
        });
      }
    }
  } finally {
    await sql.end();
  }
  return refused;
}

/**
 * Fills each table with valid rows, without checking foreign keys. Returns the number of
 * filled tables. A table stays empty if a check in plain SQL refuses the rows.
 */
export async function fill(
  url: string,
  exports: Readonly<Record<string, unknown>>,
): Promise<number> {
  // Rows do not need relations, which are checked elsewhere.
  const tables = Object.fromEntries(
    Object.entries(exports).filter(([, value]) => !is(value, Relations)),
  );
  let filled = 0;
  for (const { sql: copy, lines } of copyRows(tables, { count: 3 })) {
    if (await isCopied(url, copy, lines)) filled += 1;
  }
  return filled;
}

async function isCopied(url: string, copy: string, lines: Iterable<string>): Promise<boolean> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe('set session_replication_role = replica');
    const into = await sql.unsafe(copy).writable();
    // postgres.js 3.4 never ends the stream of a failed COPY.
    return await Promise.race([
      pipeline(Readable.from(lines), into).then(() => true),
      sleep(2000, false, { ref: false }),
    ]);
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Objects that projects expect from their hosts and drizzle-kit does not create. */
const PREPARE = `
  do $$ declare wanted text; begin
    foreach wanted in array array['pg_trgm', 'citext', 'pgcrypto', 'uuid-ossp', 'btree_gin'] loop
      if exists (select from pg_available_extensions a where a.name = wanted) then
        execute format('create extension if not exists %I', wanted);
      end if;
    end loop;
    foreach wanted in array array['anon', 'authenticated', 'service_role'] loop
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I', wanted);
      end if;
    end loop;
  end $$;`;

/** Embedded Postgres has no pgvector, whose columns cannot sync anyway. */
const withoutVectors = (statement: string): string =>
  /using hnsw|using ivfflat/i.test(statement)
    ? ''
    : statement.replaceAll(/\b(?:half|sparse)?vec(?:tor)?\(\d+\)/g, 'text');
