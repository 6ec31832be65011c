import type { Schema } from '@rocicorp/zero';
import type { DBTransaction } from '@rocicorp/zero/server';
import type { Scalar } from '../../model/rule.ts';
import type { WorldTable } from './world.ts';

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

/** The tables as a Zero schema. */
export function zeroSchema(tables: readonly WorldTable[]): Schema {
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
            Object.entries(columns).map(([name, { type, nullable }]) => [
              name,
              { type: ZERO[type], optional: nullable, customType: null },
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
        Object.entries(columns).map(([name, { type, enum: own }]) => [
          name,
          { type: own?.name ?? SERVER[type], isEnum: own !== undefined, isArray: false },
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
  moment: 'timestamptz',
  enum: 'text',
};

/** The schema with server names, as zero-cache uses it. */
export const schemaBySqlName = (tables: readonly WorldTable[]): Schema => ({
  relationships: {},
  tables: Object.fromEntries(
    Object.values(zeroSchema(tables).tables).map((table) => {
      const name = table.serverName ?? table.name;
      return [name, { name, columns: table.columns, primaryKey: table.primaryKey }];
    }),
  ),
});
