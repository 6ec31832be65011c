import { sql } from 'drizzle-orm';
import { HEAD_LENGTH } from '../../model/ciphertext.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

/** The number of values of a column by the id of their key; '' for texts that are no ciphertext. */
export async function countUses(
  db: AnyDatabase,
  { tableSql, columnSql }: EncryptedColumn,
): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf<{ readonly key: string; readonly count: string }>(
    db,
    // A text in another format may be a secret, so no part of it is returned.
    sql`select case when head ~ '^g1\\.[0-9]{8}-[0-9a-f]{8}\\.$' then substr(head, 4, ${sql.raw(String(HEAD_LENGTH - 3))}) else '' end as key,
  sum(count)::text as count
from (
  select left(${sql.raw(columnSql)}, ${sql.raw(String(HEAD_LENGTH + 1))}) as head, count(*) as count
  from ${sql.raw(tableSql)} where ${sql.raw(columnSql)} is not null group by 1
) heads
group by 1`,
  );
  return new Map(rows.map(({ key, count }) => [key, Number(count)]));
}
