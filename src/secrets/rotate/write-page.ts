import { sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';
import type { OldValue } from './read-page.ts';
import { refusedUpdate } from './refused-update.ts';

/** A value, and the one that replaces it. */
export interface Change extends OldValue {
  readonly next: string;
}

/**
 * Replaces values in one statement, which is its own transaction. A row that was changed or deleted
 * meanwhile is left alone, and so is a row that another transaction holds: this statement never
 * waits for a lock, so it can neither delay the application nor be part of a deadlock. Returns the
 * number of replaced values.
 */
export async function writePage(
  db: AnyDatabase,
  column: EncryptedColumn,
  changes: readonly Change[],
): Promise<number> {
  const { tableSql, columnSql, key } = column;
  // Ciphertexts need no escapes, so this is faster than to make objects.
  const rows = changes.map(
    ({ key: id, value, next }) =>
      `{${id.map((part, at) => `"k${at}":${JSON.stringify(part)},`).join('')}"o":"${value.slice(0, START)}","n":"${next}"}`,
  );
  const types = key.map((part, at) => `k${at} ${part.type}`).join(', ');
  const match = (table: string): SQL =>
    sql.raw(key.map((part, at) => `t.${part.sql} = ${table}.k${at}`).join(' and '));
  const [counted] = await rowsOf<{ readonly count: string }>(
    db,
    // Postgres expects 100 rows of this function, and joins them by the primary key even without
    // statistics; for unnest() it may read the whole table for each batch.
    sql`with change as (
  select * from json_to_recordset(${`[${rows.join(',')}]`}::text::json) as change(${sql.raw(types)}, o text, n text)
), held as (
  select t.ctid as at, change.*
  from ${sql.raw(tableSql)} t join change on ${match('change')}
  where left(t.${sql.raw(columnSql)}, ${sql.raw(String(START))}) = change.o
  for no key update of t skip locked
), written as (
  update ${sql.raw(tableSql)} t set ${sql.raw(columnSql)} = held.n
  from held where t.ctid = held.at and ${match('held')}
  returning 1
)
select count(*)::text as count from written`,
  ).catch((error: unknown): never => {
    throw refusedUpdate(error, column);
  });
  return Number(counted?.count ?? 0);
}

/**
 * The start of a ciphertext: its key, its nonce of 96 random bits, and the length of the text. No
 * two ciphertexts have the same start, and no other one replaces it.
 */
const START = 48;
