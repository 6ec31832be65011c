import type { AST } from '@rocicorp/zero';
import type { AccessRules, Claims } from '../../../src/model/rule.ts';
import { keyText, type Row, type WorldTable } from '../../../src/testing/access/world.ts';
import { answerOf, byName, readingAst, type Tree } from '../../../src/testing/access/zero-query.ts';
import { schemaBySqlName } from '../../../src/testing/access/zero-schema.ts';
import { sqliteRows } from '../../../src/testing/access/zero-sqlite.ts';
import { guardQuery } from '../../../src/guard/guard-query.ts';
import type { ReadEnforcer } from './world-query.ts';
import {
  zeroInternals,
  type CostModel,
  type Pipeline,
  type PipelineNode,
  type SyncedRow,
} from './zero-internals.ts';

export interface ZeroSqlite extends ReadEnforcer {
  /** The rows that zero-cache would send to the client for a query, as `table key`. */
  synced(rules: AccessRules, claims: Claims, ast: AST): readonly string[];
  /** The same for an unguarded query. */
  syncedUnguarded(ast: AST): readonly string[];
}

/**
 * Guarded queries on zero-cache's path: its code stores the rows in SQLite, and plans,
 * builds and hydrates the query.
 */
export async function zeroSqlite(
  tables: readonly WorldTable[],
  guard = guardQuery,
): Promise<ZeroSqlite> {
  const zero = await zeroInternals();
  const { db, delegate, load } = await sqliteRows(tables);
  const names = byName(tables);
  const clientSchema = schemaBySqlName(tables);
  const specs = zero.computeZqlSpecsFromLiteSpecs(
    zero.listTables(db, false, false),
    zero.listIndexes(db),
    { includeBackfillingColumns: false },
  );

  const costs = remembered(zero.createSQLiteCostModel(db, specs));

  /**
   * Zero 1.9's planner fails if SQLite proves that a condition is never true, such as a key that
   * is NULL. The client then gets an error. Without the planner, the query can be compared.
   */
  const build = (ast: AST): Pipeline => {
    try {
      return zero.buildPipeline(ast, delegate, 'query', costs);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'Unexpected undefined value') throw error;
      return zero.buildPipeline(ast, delegate, 'query');
    }
  };

  const run = <T>(asked: AST, use: (pipeline: Pipeline, looked: readonly SyncedRow[]) => T): T => {
    // Scalar subqueries are resolved first, and their rows are synced.
    const looked: SyncedRow[] = [];
    const { ast } = zero.resolveSimpleScalarSubqueries(asked, specs, (subquery, field) => {
      // zero-cache does not enable NOT EXISTS for these.
      delegate.enableNotExists = false;
      const pipeline = zero.buildPipeline(subquery, delegate, 'scalar');
      delegate.enableNotExists = true;
      const [node] = nodesOf(pipeline.fetch({}));
      pipeline.destroy();
      if (node) looked.push({ table: subquery.table, row: node.row });
      return node && (node.row[field] ?? null);
    });
    const pipeline = build(ast);
    try {
      return use(pipeline, looked);
    } finally {
      pipeline.destroy();
    }
  };

  const syncedUnguarded = (ast: AST): readonly string[] =>
    run(ast, (pipeline, looked) => {
      const rows = new Set<string>();
      for (const change of [...zero.hydrate(pipeline, 'query', clientSchema, specs), ...looked]) {
        if (change === 'yield') continue;
        const table = names.get(change.table);
        if (table) rows.add(`${change.table} ${keyText(table, change.row as Row)}`);
      }
      return [...rows].sort();
    });

  return {
    load: async (rows) => load(rows),
    async answer(rules, claims, reading) {
      const trees = run(
        guard(readingAst(reading, names.get(reading.table)?.key), rules, claims),
        (pipeline) => nodesOf(pipeline.fetch({})).map(toTree),
      );
      return answerOf(names, reading, trees);
    },
    synced: (rules, claims, ast) => syncedUnguarded(guard(ast, rules, claims)),
    syncedUnguarded,
    async close() {
      db.close();
    },
  };
}

/** The statistics never change, and a plan asks for the cost of the same reads again and again. */
function remembered(costs: CostModel): CostModel {
  const known = new Map<string, unknown>();
  return (...asked) => {
    const text = JSON.stringify(asked);
    const cost = known.get(text) ?? costs(...asked);
    if (known.size < 50_000) known.set(text, cost);
    return cost;
  };
}

function nodesOf(stream: Iterable<'yield' | PipelineNode>): readonly PipelineNode[] {
  const nodes: PipelineNode[] = [];
  for (const node of stream) if (node !== 'yield') nodes.push(node);
  return nodes;
}

const toTree = ({ row, relationships }: PipelineNode): Tree => ({
  row: row as Row,
  related: Object.fromEntries(
    Object.entries(relationships)
      .filter(([alias]) => !alias.startsWith('zsubq_'))
      .map(([alias, children]) => [alias, nodesOf(children()).map(toTree)]),
  ),
});
