import { eq } from 'drizzle-orm';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import * as garden from '../../src/apps/garden/index.ts';
import { sampleRows, type SampleRows } from '../zod/sample-rows.ts';

export type TableName = keyof SampleRows;
/** A row whose columns are only known at run time. */
export type Row = Record<string, unknown>;
type Database = Pick<PgliteDatabase<Record<string, unknown>>, 'insert' | 'select' | 'delete'>;

/** In insert order: each table follows the tables that it references. */
export const tableNames: readonly TableName[] = Object.keys(sampleRows()) as TableName[];

/** Export names of tables, by their names in SQL. */
export const exportNames: Readonly<Record<string, TableName>> = {
  account: 'account',
  packages: 'packages',
  package_versions: 'packageVersions',
  package_dependencies: 'packageDependencies',
  package_requests: 'packageRequests',
  tags: 'tags',
  package_tags: 'packageTags',
};

/** Inserts one row. Untyped, because the columns may be wrong on purpose. */
export async function plantRow(db: Database, table: TableName, row: object): Promise<void> {
  await db.insert(garden[table]).values(row as never);
}

/** Inserts a sample's rows, either all or those before a table. */
export async function plantRows(
  db: Database,
  rows: SampleRows,
  before?: TableName,
): Promise<SampleRows> {
  const end = before ? tableNames.indexOf(before) : tableNames.length;
  for (const table of tableNames.slice(0, end)) await plantRow(db, table, rows[table]);
  return rows;
}

/** The current row with an id. */
export async function rowOf(db: Database, table: TableName, id: string): Promise<Row | undefined> {
  const [row] = await db.select().from(garden[table]).where(eq(garden[table].id, id));
  return row;
}

/** A row without the time that a trigger sets, because SET NULL also fires the trigger. */
export function untouched(row: Row | undefined): Row | undefined {
  return row && { ...row, updatedAt: undefined };
}
