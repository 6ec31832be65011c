import { sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import { ProblemError } from '../../report/problem.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

/** Rejects a database that lacks a column, or that hides rows from the login role. */
export async function checkTables(
  db: AnyDatabase,
  columns: readonly EncryptedColumn[],
): Promise<void> {
  for (const { table, name, tableSql } of columns) {
    const [row] = await rowsOf<{ readonly exists: boolean; readonly hidden: boolean }>(
      db,
      sql`select row_security_active(c.oid) as hidden, exists (
  select from pg_catalog.pg_attribute a
  where a.attrelid = c.oid and a.attname = ${name} and not a.attisdropped
) as exists
from pg_catalog.pg_class c where c.oid = to_regclass(${tableSql})`,
    );
    if (row?.exists !== true) {
      throw new ProblemError({
        code: 'database/not-migrated',
        message: `the database has no column ${table}.${name}, so it is older than the schema.`,
        fix: 'run `garden migrate` with the same database; if the schema changed, `garden generate` first.',
      });
    }
    if (row.hidden) {
      throw new ProblemError({
        code: 'secrets/row-security',
        message: `row-level security of ${table} applies to the login role, so it may not see every row.`,
        fix: 'connect as a role with BYPASSRLS that may read and update the table.',
      });
    }
  }
}
