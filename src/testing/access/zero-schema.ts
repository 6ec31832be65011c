import type { Schema } from '@rocicorp/zero';
import type { DBTransaction } from '@rocicorp/zero/server';
import type { Scalar } from '../../model/rule.ts';
import type { WorldColumn, WorldTable } from './world.ts';

/** The unique client name of a table, without dots. */
export const clientName = (table: string): string =>
  table.replaceAll(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0)}_`);

const ZERO = {
  uuid: 'string',
  text: 'string',
  integer: 'number',
  boolean: 'boolean',
  moment: 'number',
  enum: 'string',
} as const satisfies Record<Scalar, string>;

/** The types that Zero gives to columns that rules can only test for NULL. */
const realType = ({ type, real }: WorldColumn): 'string' | 'number' | 'boolean' =>
  real === undefined || real === 'bpchar' ? ZERO[type] : 'number';

/** The tables as a Zero schema; with the types that Zero gives to the columns of Postgres, or those of the rules. */
export function zeroSchema(
  tables: readonly WorldTable[],
  typeOf: (column: WorldColumn) => 'string' | 'number' | 'boolean' = realType,
): Schema {
  return {
    relationships: {},
    tables: Object.fromEntries(
      tables.map(({ table, key, columns }) => [
        clientName(table),
        {
          name: clientName(table),
          serverName: table,
          primaryKey: key as [string, ...string[]],
          columns: Object.fromEntries(
            Object.entries(columns).map(([name, column]) => [
              name,
              { type: typeOf(column), optional: column.nullable, customType: null },
            ]),
          ),
        },
      ]),
    ),
  };
}

/** The server schema that `zeroDrizzle` would read from the catalog. */
export function serverSchema(
  tables: readonly WorldTable[],
): Parameters<DBTransaction<unknown>['runQuery']>[3] {
  return Object.fromEntries(
    tables.map(({ table, columns }) => [
      table,
      Object.fromEntries(
        Object.entries(columns).map(([name, { type, real, enum: own }]) => [
          name,
          { type: own?.name ?? real ?? SERVER[type], isEnum: own !== undefined, isArray: false },
        ]),
      ),
    ]),
  );
}

const SERVER: Readonly<Record<Scalar, string>> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'int8',
  boolean: 'bool',
  // As in the catalog: Zero takes `timestamptz` for a time of day.
  moment: 'timestamp with time zone',
  enum: 'text',
};

/** The schema with server names, as zero-cache uses it. */
export const schemaBySqlName = (tables: readonly WorldTable[]): Schema => ({
  relationships: {},
  tables: Object.fromEntries(
    Object.values(zeroSchema(tables, ({ type }) => ZERO[type]).tables).map((table) => {
      const name = table.serverName ?? table.name;
      return [name, { name, columns: table.columns, primaryKey: table.primaryKey }];
    }),
  ),
});
