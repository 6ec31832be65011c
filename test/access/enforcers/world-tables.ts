import { quoteName, quoteTable } from '../../../src/model/quote-sql.ts';
import { splitTableId } from '../../../src/model/table-id.ts';
import type { PostgresClient } from '../../../src/testing/access/postgres-world.ts';
import { columnType, createEnums } from '../../../src/testing/access/sql-value.ts';
import type { Database, Row, WorldTable } from '../../../src/testing/access/world.ts';

/** Creates the tables of a comparison in Postgres. */
export async function createTables(
  client: PostgresClient,
  tables: readonly WorldTable[],
): Promise<void> {
  const statements = tables.map((one) => {
    const { table, key, columns } = one;
    const schema = `create schema if not exists ${quoteName(splitTableId(table).schema)};`;
    const lines = Object.entries(columns).map(
      ([name, definition]) =>
        `${quoteName(name)} ${columnType(definition)}${definition.nullable ? '' : ' not null'}`,
    );
    const primary = `primary key (${key.map((column) => quoteName(column)).join(', ')})`;
    return `${[...createEnums(one), schema].join(';')} create table ${quoteTable(table)} (${[...lines, primary].join(', ')})`;
  });
  await client.exec(statements.join(';\n'));
}

/** Replaces all rows. */
export async function replaceRows(
  client: PostgresClient,
  tables: readonly WorldTable[],
  rows: Database,
): Promise<void> {
  await client.exec(tables.map(({ table }) => `delete from ${quoteTable(table)}`).join(';'));
  for (const table of tables) {
    const own = rows[table.table] ?? [];
    if (own.length === 0) continue;
    const name = quoteTable(table.table);
    await client.query(
      `insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1::text::jsonb)`,
      [JSON.stringify(own.map((row) => asJson(table, row)))],
    );
  }
}

const asJson = (table: WorldTable, row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) =>
      table.columns[column]?.type === 'moment' && value !== null
        ? [column, new Date(Number(value)).toISOString()]
        : [column, value],
    ),
  );
