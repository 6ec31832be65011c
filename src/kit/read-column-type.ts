import { is, type Column } from 'drizzle-orm';
// A namespace import, so that a Drizzle without PgArray loads and can be refused with a
// reason.
import * as columns from 'drizzle-orm/pg-core';
import type { PgEnumColumn } from 'drizzle-orm/pg-core';
import type { ColumnType } from '../model/column-type.ts';

/** The settings of Drizzle's column classes beyond the common ones. */
interface Settings {
  readonly length?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  readonly withTimezone?: boolean | undefined;
}

/** Reads a Drizzle column's type. Types that the model does not know keep their SQL. */
export function readColumnType(column: Column): ColumnType {
  const settings = column as Column & Settings;
  switch (column.columnType) {
    case 'PgUUID':
      return { kind: 'uuid' };
    case 'PgText':
      return { kind: 'text', ...given({ collation: collation(column) }), ...words(column) };
    case 'PgVarchar':
      return { kind: 'varchar', ...given({ length: settings.length }), ...words(column) };
    case 'PgChar':
      return { kind: 'char', length: settings.length ?? 1, ...words(column) };
    case 'PgSmallInt':
    case 'PgSmallSerial':
      return { kind: 'integer', bits: 16, as: 'number' };
    case 'PgInteger':
    case 'PgSerial':
      return { kind: 'integer', bits: 32, as: 'number' };
    case 'PgBigInt53':
    case 'PgBigSerial53':
      return { kind: 'integer', bits: 64, as: 'number' };
    case 'PgBigInt64':
    case 'PgBigSerial64':
      return { kind: 'integer', bits: 64, as: 'bigint' };
    case 'PgReal':
      return { kind: 'float', bits: 32 };
    case 'PgDoublePrecision':
      return { kind: 'float', bits: 64 };
    case 'PgNumeric':
    case 'PgNumericNumber':
    case 'PgNumericBigInt':
      return {
        kind: 'numeric',
        ...given({ precision: settings.precision, scale: settings.scale }),
        as: column.dataType as 'string' | 'number' | 'bigint',
      };
    case 'PgBoolean':
      return { kind: 'boolean' };
    case 'PgTimestamp':
    case 'PgTimestampString':
      return {
        kind: 'timestamp',
        withTimezone: settings.withTimezone ?? false,
        ...given({ precision: settings.precision }),
        as: column.dataType as 'date' | 'string',
      };
    case 'PgDate':
    case 'PgDateString':
      return { kind: 'date', as: column.dataType as 'date' | 'string' };
    case 'PgJson':
      return { kind: 'json', binary: false };
    case 'PgJsonb':
      return { kind: 'json', binary: true };
    case 'PgEnumColumn':
    case 'PgEnumObjectColumn': {
      const { enum: type } = column as PgEnumColumn<never>;
      return {
        kind: 'enum',
        name: type.enumName,
        ...given({ schema: type.schema }),
        values: type.enumValues,
      };
    }
    default:
      return is(column, columns.PgArray)
        ? { kind: 'array', of: readColumnType(column.baseColumn) }
        : { kind: 'other', sql: column.getSQLType(), ...mapped(column) };
  }
}

/** Drizzle stores the function in a private field. */
const mapped = (column: Column): { readonly mapped?: true } =>
  'mapFrom' in column && typeof column.mapFrom === 'function' ? { mapped: true } : {};

/** Drizzle does not support collations: a column of the kit has it in its SQL type. */
const collation = (column: Column): string | undefined =>
  / COLLATE "(?<name>[^"]+)"$/.exec(column.getSQLType())?.groups?.['name'];

function words(column: Column): { readonly values?: readonly string[] } {
  return column.enumValues?.length ? { values: column.enumValues } : {};
}

/** Removes undefined values, so that the model's optional keys are absent. */
function given<T extends object>(settings: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}
