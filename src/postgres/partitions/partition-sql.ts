import { getTableUniqueName, is, Table } from 'drizzle-orm';
import { readDatabaseError } from '../database-error.ts';

/** A postgres.js client: `postgres(url)`. */
export interface SqlClient {
  unsafe(text: string): PromiseLike<readonly Readonly<Record<string, unknown>>[]>;
}

/** A partitioned table: Drizzle's, or its name as SQL: `public.requests`. */
export type PartitionedTable = Table | string;

/** The table as a text literal, for a cast to regclass. */
export function regclassText(table: PartitionedTable): string {
  const name = is(table, Table) ? quoted(table) : table;
  return `'${name.replaceAll("'", "''")}'`;
}

function quoted(table: Table): string {
  const [schema = 'public', name = ''] = splitUnique(getTableUniqueName(table));
  return [schema, name].map((part) => `"${part.replaceAll('"', '""')}"`).join('.');
}

/** `getTableUniqueName()` joins the schema and the name by a dot. */
function splitUnique(unique: string): readonly [string, string] {
  const at = unique.indexOf('.');
  return [unique.slice(0, at), unique.slice(at + 1)];
}

/** Longest time that a statement waits for a lock, and so makes others wait behind it. */
const LOCK_TIMEOUT_MS = 40;
const TRIES = 100;
const PAUSE_MS = 100;

/**
 * Runs statements in one transaction that needs a lock. Others queue behind a waiting
 * statement, so it gives up after 40 ms and tries again.
 */
export const withoutQueue = (sql: SqlClient, statements: string): Promise<Rows> =>
  // Several statements in one message are one transaction, also on a pool.
  retried(() => sql.unsafe(`set local lock_timeout = ${LOCK_TIMEOUT_MS}; ${statements}`));

type Rows = readonly Readonly<Record<string, unknown>>[];

async function retried(run: () => PromiseLike<Rows>): Promise<Rows> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await run();
    } catch (error) {
      if (left === 0 || readDatabaseError(error)?.code !== LOCK_NOT_AVAILABLE) throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
}

const LOCK_NOT_AVAILABLE = '55P03';
