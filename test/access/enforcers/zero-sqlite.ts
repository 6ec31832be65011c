import type { AST } from '@rocicorp/zero';
import { Database, QueryDelegate } from '@rocicorp/zero/zqlite';
import type { AccessRules, Claims, Scalar } from '../../../src/model/rule.ts';
import {
  keyText,
  type Row,
  type Value,
  type WorldTable,
} from '../../../src/testing/access/world.ts';
import { guardQuery } from '../../../src/sync/guard-query.ts';
import { answerOf, byName, readingAst, type ReadEnforcer, type Tree } from './world-query.ts';
import { zeroSchema } from './world-tables.ts';
import {
  zeroInternals,
  type Pipeline,
  type PipelineNode,
  type SyncedRow,
} from './zero-internals.ts';

export interface ZeroSqlite extends ReadEnforcer {
  /** The rows that zero-cache would send to the client for a query, as `table key`. */
  synced(rules: AccessRules, claims: Claims, ast: AST): readonly string[];
  /** The same for a query as it is. */
  syncedUnguarded(ast: AST): readonly string[];
}

/**
 * Guarded queries on zero-cache's own path: rows in SQLite as it stores them, the
 * query planned, built and hydrated by its code.
 */
export async function zeroSqlite(
  tables: readonly WorldTable[],
  guard = guardQuery,
): Promise<ZeroSqlite> {
  const zero = await zeroInternals();
  const db = new Database(SILENT as never, ':memory:');
  for (const table of tables) db.exec(createStatement(table));
  // The planner's cost model reads SQLite's statistics, which are only there after this.
  db.exec('analyze');
  const inserts = new Map(tables.map((table) => [table, db.prepare(insertStatement(table))]));
  const names = byName(tables);
  const clientSchema = bySqlName(tables);
  const delegate = Object.assign(
    new QueryDelegate(SILENT as never, db, clientSchema as never),
    // As zero-cache does; only clients go without.
    { enableNotExists: true },
  );
  const specs = zero.computeZqlSpecsFromLiteSpecs(
    zero.listTables(db, false, false),
    zero.listIndexes(db),
    { includeBackfillingColumns: false },
  );

  const run = <T>(asked: AST, use: (pipeline: Pipeline, looked: readonly SyncedRow[]) => T): T => {
    // Scalar subqueries are looked up beforehand, and the rows found are synced.
    const looked: SyncedRow[] = [];
    const { ast } = zero.resolveSimpleScalarSubqueries(asked, specs, (subquery, field) => {
      // zero-cache gives these no leave to use NOT EXISTS.
      delegate.enableNotExists = false;
      const pipeline = zero.buildPipeline(subquery, delegate, 'scalar');
      delegate.enableNotExists = true;
      const [node] = nodesOf(pipeline.fetch({}));
      pipeline.destroy();
      if (node) looked.push({ table: subquery.table, row: node.row });
      return node && (node.row[field] ?? null);
    });
    const costs = zero.createSQLiteCostModel(db, specs);
    const pipeline = zero.buildPipeline(ast, delegate, 'query', costs);
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
    async load(rows) {
      for (const [table, insert] of inserts) {
        db.exec(`delete from "${table.table}"`);
        for (const row of rows[table.table] ?? []) insert.run(...stored(table, row));
      }
    },
    async answer(rules, claims, reading) {
      const trees = run(guard(readingAst(reading), rules, claims), (pipeline) =>
        nodesOf(pipeline.fetch({})).map(toTree),
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

const SILENT = { withContext: () => SILENT };

/** Column types as zero-cache writes them: those of Postgres, with what SQLite lacks appended. */
const STORED: Readonly<Record<Scalar, string>> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'int8',
  boolean: 'bool',
  moment: 'timestamptz',
};

function createStatement({ table, key, columns }: WorldTable): string {
  const lines = Object.entries({ ...columns, _0_version: { type: 'text', nullable: false } }).map(
    ([name, { type, nullable }]) =>
      `"${name}" "${STORED[type as Scalar]}${nullable ? '' : '|NOT_NULL'}"`,
  );
  const unique = `create unique index "${table}_pkey" on "${table}" (${list(key)})`;
  return `create table "${table}" (${lines.join(', ')}); ${unique}`;
}

const insertStatement = ({ table, columns }: WorldTable): string =>
  `insert into "${table}" (${list(Object.keys(columns))}, "_0_version") values (${Object.keys(
    columns,
  )
    .map(() => '?, ')
    .join('')}'01')`;

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const stored = (table: WorldTable, row: Row): readonly Value[] =>
  Object.keys(table.columns).map((column) => {
    const value = row[column] ?? null;
    return typeof value === 'boolean' ? Number(value) : value;
  });

/** The schema under the server's names, which is what zero-cache works with. */
const bySqlName = (tables: readonly WorldTable[]): { readonly tables: object } => ({
  tables: Object.fromEntries(
    Object.values(zeroSchema(tables).tables).map((table) => {
      const { columns, primaryKey } = table;
      return [table.serverName, { columns, primaryKey }];
    }),
  ),
});

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
