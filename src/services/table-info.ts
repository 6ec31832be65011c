import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { markOf } from '../kit/mark.ts';
import { readKey } from '../kit/read-key.ts';
import { ProblemError } from '../report/problem.ts';

/** What a service needs to know of its table, read once. */
export interface TableInfo {
  readonly table: PgTable;
  /** With its schema, unless that is `public`. */
  readonly name: string;
  readonly columns: Readonly<Record<string, PgColumn>>;
  /** The columns of a row by default: all that are not server-only. */
  readonly visible: readonly string[];
  readonly key: readonly string[];
  /** Columns that the access rules declare immutable. */
  readonly immutable: readonly string[];
}

export function tableInfo(table: PgTable): TableInfo {
  const columns: Record<string, PgColumn> = getTableColumns(table);
  const { schema } = getTableConfig(table);
  const fixed = markOf(table, 'access')?.rules.immutable ?? [];
  const names = Object.keys(columns);
  return {
    table,
    name: schema === undefined ? getTableName(table) : `${schema}.${getTableName(table)}`,
    columns,
    visible: names.filter((name) => !isServerOnly(columns[name])),
    key: readKey(table),
    immutable: names.filter((name) => fixed.includes(columns[name]?.name ?? '')),
  };
}

const isServerOnly = (column: PgColumn | undefined): boolean =>
  column !== undefined && markOf(column, 'serverOnly') === true;

/** The key of a table. Rows of a table without one cannot be told apart. */
export function keyOf({ key, name }: TableInfo): readonly string[] {
  if (key.length > 0) return key;
  throw new ProblemError({
    code: 'services/no-key',
    message: `${name} has no primary key, so its service can only create rows.`,
    fix: 'add a primary key, for example id: id().',
  });
}
