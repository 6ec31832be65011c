import type { AST, Condition } from '@rocicorp/zero';
import type { DBTransaction } from '@rocicorp/zero/server';
import type { AccessRules, Claims } from '../../model/rule.ts';
import { guardQuery } from '../../guard/guard-query.ts';
import type { Answer } from './answer-reading.ts';
import { BatchedSql } from './batched-sql.ts';
import type { PostgresClient, PostgresWorld } from './postgres-world.ts';
import type { Reading, WorldTable } from './world.ts';
import { answerOf, byName, formatOf, readingAst, toTrees } from './zero-query.ts';
import { clientName, serverSchema, zeroSchema } from './zero-schema.ts';

/** Answers a reading of a principal from the current rows. */
export type AnswerReading = (
  rules: AccessRules,
  claims: Claims,
  reading: Reading,
) => Promise<Answer>;

/** Guarded queries, compiled to Postgres by Zero, as in `tx.run` of a server mutator. */
export async function zeroOnPostgres(
  postgres: Pick<PostgresWorld, 'client' | 'prepared'>,
  tables: readonly WorldTable[],
  guard: typeof guardQuery = guardQuery,
): Promise<AnswerReading> {
  const { executePostgresQuery } = await import('@rocicorp/zero/server');
  const batch = new BatchedSql(postgres);
  const transaction: DBTransaction<PostgresClient> = {
    wrappedTransaction: postgres.client,
    query: async (sql, params) => (await batch.query(sql, params)) as Record<string, unknown>[],
    runQuery: (ast, format, schema, server) =>
      executePostgresQuery(transaction, ast, format, schema, server),
  };
  const [schema, server, names] = [zeroSchema(tables), serverSchema(tables), byName(tables)];
  return async (rules, claims, reading) => {
    const ast = inClientNames(
      guard(readingAst(reading, names.get(reading.table)?.key), rules, claims),
    );
    const rows: unknown = await transaction.runQuery(ast, formatOf(reading), schema, server);
    return answerOf(names, reading, toTrees(rows));
  };
}

/** Zero's SQL compiler expects client names. */
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
