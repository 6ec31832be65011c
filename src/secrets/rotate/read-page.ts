import { sql } from 'drizzle-orm';
import { HEAD_LENGTH, headOf } from '../../model/ciphertext.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

/** A value that is not encrypted with the current key. */
export interface OldValue {
  /** The primary key as text. */
  readonly key: readonly string[];
  readonly value: string;
}

export interface PageLimits {
  readonly rows: number;
  readonly bytes: number;
}

export interface PageStart {
  /** The id of the current key. */
  readonly current: string;
  /** The primary key of the last row of the page before. */
  readonly after?: readonly string[] | undefined;
}

/**
 * The next values after a key that are not encrypted with the current key, in the order of the
 * primary key. The page ends early at the limit of bytes; it has at least one row unless none is
 * left.
 */
export async function readPage(
  db: AnyDatabase,
  { tableSql, columnSql, key }: EncryptedColumn,
  { current, after }: PageStart,
  limits: PageLimits,
): Promise<readonly OldValue[]> {
  const names = key.map((part) => part.sql).join(', ');
  const aliases = key.map((_, at) => `k${at}`);
  const next = after
    ? sql`and (${sql.raw(names)}) > (${sql.join(
        key.map((part, at) => sql`${after[at]}::text::${sql.raw(part.type)}`),
        sql`, `,
      )})`
    : sql``;
  // The sizes are known without reading values that are stored out of line. One row of JSON is
  // faster to transfer and to read than many rows.
  const [page] = await rowsOf<Record<string, string | null>>(
    db,
    sql`select ${sql.raw([...aliases, 'v'].map((alias) => `json_agg(${alias}::text)::text as ${alias}`).join(', '))}
from (
  select *, sum(octet_length(v)) over w as bytes, row_number() over w as number
  from (
    select ${sql.raw(key.map((part, at) => `${part.sql} as k${at}`).join(', '))}, ${sql.raw(columnSql)} as v
    from ${sql.raw(tableSql)}
    where left(${sql.raw(columnSql)}, ${sql.raw(String(HEAD_LENGTH))}) <> ${headOf(current)} ${next}
    order by ${sql.raw(names)}
    limit ${sql.raw(String(limits.rows))}
  ) page
  window w as (order by ${sql.raw(aliases.join(', '))})
  order by ${sql.raw(aliases.join(', '))}
) sized
where bytes <= ${sql.raw(String(limits.bytes))} or number = 1`,
  );
  const list = (name: string): readonly string[] =>
    JSON.parse(page?.[name] ?? '[]') as readonly string[];
  const keys = aliases.map(list);
  return list('v').map((value, at) => ({ key: keys.map((parts) => parts[at]!), value }));
}
