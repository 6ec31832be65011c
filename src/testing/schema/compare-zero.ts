import type { Schema as AnyZeroSchema } from '@rocicorp/zero';
import type { DBTransaction } from '@rocicorp/zero/server';
import type { ZeroPlan } from '../../emit/zero/plan-zero.ts';
import { printZeroSchema } from '../../emit/zero/print-zero-schema.ts';
import type { ZeroTable } from '../../emit/zero/zero-nodes.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import { withRows, type Lab } from './lab.ts';
import { loadZeroSchema, type GeneratedZero } from './load-zero-schema.ts';
import { insertSql } from './row-sql.ts';

/**
 * Generates the Zero schema, loads it like an application, and queries each table with
 * ZQL, including all its relations.
 */
export async function compareZero(lab: Lab, { zero, findings }: ZeroPlan): Promise<void> {
  const { coverage, schema } = lab;
  for (const { severity, code, object, message, fix } of findings) {
    if (severity === 'error') coverage.failed(`zero ${object ?? code}`, message, fix);
  }
  const generated = await loadZeroSchema(printZeroSchema(zero, { outFile: '/zero-schema.gen.ts' }));
  if (generated === undefined) {
    return coverage.untried('zero', '@rocicorp/zero or esbuild is not installed');
  }
  const planned = new Set(zero.tables.map(({ name, serverName }) => serverName ?? name));
  for (const { id } of schema.tables) {
    if (!planned.has(id)) coverage.untried(`zero ${id}`, 'the Zero schema excludes it');
  }
  const world = lab.worlds[0];
  const rows = lab.order.tables.flatMap((table) => {
    const row = world?.get(table.id);
    return row ? [insertSql(table, row)] : [];
  });
  await withRows(lab, rows, () => serveTables(lab, zero.tables, generated));
}

async function serveTables(
  { client, coverage, worlds }: Lab,
  tables: readonly ZeroTable[],
  { schema, zql }: GeneratedZero,
): Promise<void> {
  const { ZQLDatabase, executePostgresQuery } = await import('@rocicorp/zero/server');
  const transaction: DBTransaction<PostgresClient> = {
    wrappedTransaction: client,
    query: async (sql, params) => (await client.query<Record<string, unknown>>(sql, params)).rows,
    runQuery: (ast, format, ownSchema, server) =>
      executePostgresQuery(transaction, ast, format, ownSchema, server),
  };
  const database = new ZQLDatabase<AnyZeroSchema, PostgresClient>(
    { transaction: (work) => work(transaction) },
    schema,
  );
  for (const table of tables) {
    const id = table.serverName ?? table.name;
    const subject = `zero ${id}`;
    try {
      let query = zql[table.name];
      for (const { name } of table.relations) query = query?.related(name);
      const found = query && ((await database.run(query)) as readonly Record<string, unknown>[]);
      const [row] = found ?? [];
      const missing = table.columns.filter(({ name }) => row && !(name in row));
      if (!row && worlds[0]?.has(id)) coverage.failed(subject, 'ZQL does not return its row.');
      else if (missing.length > 0) {
        coverage.failed(
          subject,
          `ZQL does not return ${missing.map(({ name }) => name).join(', ')}.`,
        );
      } else coverage.tried(subject);
    } catch (error) {
      coverage.failed(subject, `ZQL cannot query it: ${String(error)}`);
    }
  }
}
