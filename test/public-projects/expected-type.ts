import { is } from 'drizzle-orm';
import { PgArray, PgEnumColumn, PgEnumObjectColumn, type PgColumn } from 'drizzle-orm/pg-core';

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^jsonb?$/, 'json'],
  [/^boolean$/, 'boolean'],
  [/^(?:small|big)?(?:int|integer|serial)\d?$/, 'number'],
  [/^(?:numeric|decimal|real|double precision|date|timestamp|time)\b/, 'number'],
  [/^(?:text|varchar|char|uuid|inet|cidr|macaddr|macaddr8|pg_lsn)\b/, 'string'],
];

/**
 * The expected Zero type of a column, determined independently of the generator; `undefined` if it
 * cannot sync.
 */
export function expectedType(column: PgColumn): string | undefined {
  if (is(column, PgArray)) {
    const element = expectedType(column.baseColumn as PgColumn);
    const isGarbled = /^(?:inet|cidr|macaddr|pg_lsn)/.test(column.baseColumn.getSQLType());
    return element === undefined || isGarbled ? undefined : 'json';
  }
  if (is(column, PgEnumColumn) || is(column, PgEnumObjectColumn)) return 'string';
  // A generated column only syncs if the settings name it.
  if (column.generated !== undefined) return undefined;
  const sql = column.getSQLType().toLowerCase();
  const isArray = sql.endsWith(']');
  const type = TYPES.find(([pattern]) => pattern.test(sql))?.[1];
  return isArray && type !== undefined ? 'json' : type;
}
