import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { explainStatement } from '../../src/postgres/queries/explain-query.ts';
import { stepsOf } from '../../src/postgres/queries/plan.ts';
import type { Statement } from '../../src/postgres/queries/prepared-query.ts';

/** The reads of a plan. */
export interface PlanReads {
  readonly indexes: readonly string[];
  /** Sequential scans: rows read, and rows returned. */
  readonly sequences: readonly { table: string; read: number; wanted: number }[];
}

/** Runs a statement with EXPLAIN (ANALYZE, BUFFERS), and returns its reads. */
export async function readPlan(db: AnyDatabase, statement: Statement): Promise<PlanReads> {
  const steps = stepsOf((await explainStatement(db, statement)).root);
  const ofGarden = (name: string): boolean => !name.startsWith('pg_');
  return {
    indexes: [...new Set(steps.flatMap(({ index }) => index ?? []))].filter(ofGarden).sort(),
    sequences: steps
      .filter(({ node }) => node.includes('Seq Scan'))
      .map(({ table = '', rows, loops, removedRows }) => ({
        table,
        read: rows * loops + removedRows,
        wanted: rows * loops,
      })),
  };
}
