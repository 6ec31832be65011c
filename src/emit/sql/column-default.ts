import { quoteText } from '../../model/quote-sql.ts';
import type { Column, PlainDefault } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';

/**
 * The DEFAULT of a column in plain SQL. The definitions leave ids and times to the client;
 * people who write SQL by hand expect the database to set them.
 */
export function columnDefault(table: Table, column: Column): string | undefined {
  const { name, type, notNull, touched, defaultSql, plainDefault } = column;
  if (defaultSql !== undefined) return defaultSql;
  if (column.default === 'database' || column.generated !== undefined || column.identity) {
    return undefined;
  }
  if (plainDefault !== undefined) return plainSql(plainDefault);
  if (type.kind === 'uuid' && isOwnKey(table, name)) return 'gen_random_uuid()';
  if (!notNull) return undefined;
  if (type.kind === 'timestamp' && (touched || name === 'created_at')) return 'now()';
  if (type.kind === 'array') return "'{}'";
  if (type.kind === 'json') return `'{}'`;
  return undefined;
}

/** Whether the column alone is the primary key, and not a reference to another row. */
const isOwnKey = ({ primaryKey, foreignKeys }: Table, name: string): boolean =>
  primaryKey?.columns.length === 1 &&
  primaryKey.columns[0] === name &&
  !foreignKeys.some(({ columns }) => columns.includes(name));

function plainSql(value: PlainDefault): string {
  if (typeof value === 'object') return value.sql;
  return typeof value === 'string' ? quoteText(value) : String(value);
}
