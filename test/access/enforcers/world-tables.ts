import type { PGlite } from '@electric-sql/pglite';
import { quoteName, quoteTable } from '../../../src/model/quote-sql.ts';
import type { Scalar } from '../../../src/model/rule.ts';
import { splitTableId } from '../../../src/model/table-id.ts';
import type { Database, Row, WorldTable } from '../../../src/testing/access/world.ts';

const POSTGRES: Readonly<Record<Scalar, string>> = {
  uuid: 'uuid',
  // Order of bytes, as everywhere that rules are asked.
  text: 'text collate "C"',
  integer: 'bigint',
  boolean: 'boolean',
  moment: 'timestamptz(3)',
};

/** Makes the tables of a comparison in Postgres. */
export async function createTables(client: PGlite, tables: readonly WorldTable[]): Promise<void> {
  const statements = tables.map(({ table, key, columns }) => {
    const schema = `create schema if not exists ${quoteName(splitTableId(table).schema)};`;
    const lines = Object.entries(columns).map(
      ([name, { type, nullable }]) =>
        `${quoteName(name)} ${POSTGRES[type]}${nullable ? '' : ' not null'}`,
    );
    const primary = `primary key (${key.map((column) => quoteName(column)).join(', ')})`;
    return `${schema} create table ${quoteTable(table)} (${[...lines, primary].join(', ')})`;
  });
  await client.exec(statements.join(';\n'));
}

/** Puts rows in the place of all that were there. */
export async function replaceRows(
  client: PGlite,
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
