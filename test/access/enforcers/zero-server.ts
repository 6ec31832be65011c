import type { PGlite } from '@electric-sql/pglite';
import type { AST, Condition } from '@rocicorp/zero';
import { executePostgresQuery, type DBTransaction } from '@rocicorp/zero/server';
import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import type { Reading, Row, WorldTable } from '../../../src/testing/access/world.ts';
import { guardQuery } from '../../../src/sync/guard-query.ts';
import { answerOf, byName, readingAst, type ReadEnforcer, type Tree } from './world-query.ts';
import { clientName, createTables, replaceRows, serverSchema, zeroSchema } from './world-tables.ts';

type Format = Parameters<DBTransaction<unknown>['runQuery']>[1];

/** Guarded queries on Zero's own way to Postgres, as in `tx.run` of a server's mutator. */
export async function zeroServer(
  tables: readonly WorldTable[],
  guard = guardQuery,
): Promise<ReadEnforcer> {
  const client = await blankPostgres();
  await createTables(client, tables);
  const transaction: DBTransaction<PGlite> = {
    wrappedTransaction: client,
    query: async (sql, params) => (await client.query<Record<string, unknown>>(sql, params)).rows,
    runQuery: (ast, format, schema, server) =>
      executePostgresQuery(transaction, ast, format, schema, server),
  };
  const [schema, server, names] = [zeroSchema(tables), serverSchema(tables), byName(tables)];
  return {
    load: (rows) => replaceRows(client, tables, rows),
    async answer(rules, claims, reading) {
      const ast = inClientNames(guard(readingAst(reading), rules, claims));
      const rows: unknown = await transaction.runQuery(ast, formatOf(reading), schema, server);
      return answerOf(names, reading, (rows as Row[]).map(toTree));
    },
    close: () => client.close(),
  };
}

/** Zero compiles to SQL what has its clients' names. */
function inClientNames(ast: AST): AST {
  return {
    ...ast,
    table: clientName(ast.table),
    ...(ast.where ? { where: conditionInClientNames(ast.where) } : {}),
    ...(ast.related
      ? {
          related: ast.related.map((hop) => ({ ...hop, subquery: inClientNames(hop.subquery) })),
        }
      : {}),
  };
}

function conditionInClientNames(condition: Condition): Condition {
  switch (condition.type) {
    case 'simple':
      return condition;
    case 'and':
    case 'or':
      return { ...condition, conditions: condition.conditions.map(conditionInClientNames) };
    case 'correlatedSubquery':
      return {
        ...condition,
        related: {
          ...condition.related,
          subquery: inClientNames(condition.related.subquery),
        },
      };
  }
}

const formatOf = (reading: Reading): Format => ({
  singular: false,
  relationships: Object.fromEntries(
    (reading.related ?? []).map((hop, at) => [`along${at}`, formatOf(hop)]),
  ),
});

function toTree(row: Row): Tree {
  const cells = Object.entries(row);
  return {
    row: Object.fromEntries(cells.filter(([, value]) => !Array.isArray(value))),
    related: Object.fromEntries(
      cells.flatMap(([name, value]) =>
        Array.isArray(value) ? [[name, (value as Row[]).map(toTree)]] : [],
      ),
    ),
  };
}
