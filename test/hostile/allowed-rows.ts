import { isDeepStrictEqual } from 'node:util';
import type { Schema } from '@rocicorp/zero';
import type { Sql } from 'postgres';
import type { AccessRules, Claims } from '../../src/model/rule.ts';
import { visibleRows } from '../../src/testing/access/oracle.ts';
import type { Database, Row, Value } from '../../src/testing/access/world.ts';

/** Every row of an app's synced tables from Postgres, in the oracle's format. */
export async function readDatabase(sql: Sql, schema: Schema): Promise<Database> {
  const tables = Object.values(schema.tables).map(({ name, serverName }) => serverName ?? name);
  return Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => [table, (await sql`select * from ${sql(table)}`).map(plainRow)]),
    ),
  ) as Database;
}

/** A row of postgres.js with times as numbers. */
export const plainRow = (row: Readonly<Record<string, unknown>>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      (value instanceof Date ? value.getTime() : value) as Value,
    ]),
  );

/** A row in the client's format: names and columns of the client schema. */
export type HeldRow = Readonly<Record<string, unknown>>;

/** Rows by client table and id. */
export type HeldRows = ReadonlyMap<string, ReadonlyMap<string, HeldRow>>;

/** The rows that the oracle allows a principal, in the client's format. */
export function allowedRows(
  schema: Schema,
  rules: AccessRules,
  claims: Claims,
  db: Database,
): HeldRows {
  return new Map(
    Object.values(schema.tables).map((table) => {
      const server = table.serverName ?? table.name;
      const columns = Object.entries(table.columns);
      return [
        table.name,
        new Map(
          visibleRows({ rules, claims, db }, server).map((row) => [
            String(row['id']),
            Object.fromEntries(
              columns.map(([name, { serverName, type }]) => [
                name,
                asHeld(row[serverName ?? name] ?? null, type),
              ]),
            ),
          ]),
        ),
      ];
    }),
  );
}

/** A value as the client has it: postgres.js reads bigint and numeric as text. */
export const asHeld = (value: unknown, type: string | undefined): unknown =>
  type === 'number' && typeof value === 'string' ? Number(value) : value;

/** Leaks: rows, columns and values on the client that the oracle does not allow. */
export function findLeaks(held: HeldRows, allowed: HeldRows): readonly string[] {
  return [...held].flatMap(([table, rows]) =>
    [...rows].flatMap(([id, row]) => {
      const right = allowed.get(table)?.get(id);
      if (right === undefined) return [`${table} ${id} ${JSON.stringify(row)}`];
      return Object.entries(row).flatMap(([column, value]) =>
        Object.hasOwn(right, column) && isDeepStrictEqual(value ?? null, right[column])
          ? []
          : [`${table} ${id}.${column} ${JSON.stringify(value)}`],
      );
    }),
  );
}

/** Number of rows per nonempty table. */
export const countRows = (rows: HeldRows): Readonly<Record<string, number>> =>
  Object.fromEntries([...rows].flatMap(([table, { size }]) => (size === 0 ? [] : [[table, size]])));
