import { is, SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Column } from '../../model/column.ts';
import type { ColumnType } from '../../model/column-type.ts';
import type { DrizzleNames } from './drizzle-names.ts';
import { sequenceOptions } from './read-sequences.ts';

/** The SQL of a column's default, generated expression or identity. */
export function readColumnSql(
  column: PgColumn,
  type: ColumnType,
  names: DrizzleNames,
): Pick<Column, 'defaultSql' | 'defaultIsList' | 'generatedSql' | 'identity'> {
  const { generated, generatedIdentity: identity } = column;
  return {
    ...defaultSql(column, names),
    ...(generated && { generatedSql: generatedSql(generated.as, names) }),
    ...(identity && {
      identity: {
        mode: identity.type === 'always' ? 'always' : 'by default',
        ...sequenceOptions(identity.sequenceOptions, type.kind === 'integer' ? type.bits : 64),
      },
    }),
  };
}

function defaultSql(
  column: PgColumn,
  names: DrizzleNames,
): Pick<Column, 'defaultSql' | 'defaultIsList'> {
  const value: unknown = column.default;
  if (value === undefined || value === null) return {};
  if (is(value, SQL)) return { defaultSql: names.sql(value) };
  const sent = typeof value === 'bigint' ? String(value) : value;
  return {
    defaultSql: names.sql(sql`${sql.param(sent, column)}`),
    ...(Array.isArray(value) && { defaultIsList: true }),
  };
}

function generatedSql(as: unknown, names: DrizzleNames): string {
  const made: unknown = typeof as === 'function' ? (as as () => unknown)() : as;
  return is(made, SQL) ? names.indexSql(made) : String(made);
}
