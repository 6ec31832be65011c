import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { withValues } from '../../src/queries/explain-query.ts';
import type { Statement } from '../../src/queries/prepared-query.ts';

interface Step {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Step[];
}

/** The reads of a plan. */
export interface PlanReads {
  readonly indexes: readonly string[];
  /** Sequential scans: rows read, and rows returned. */
  readonly sequences: readonly { table: string; read: number; wanted: number }[];
}

/** Runs a statement with EXPLAIN (ANALYZE, BUFFERS), and returns its reads. */
export async function readPlan(db: PostgresJsDatabase, statement: Statement): Promise<PlanReads> {
  const text = withValues(statement);
  const [row] = await db.execute<{ 'QUERY PLAN': readonly { Plan: Step }[] }>(
    sql.raw(`explain (analyze, buffers, format json) ${text}`),
  );
  const steps = (step: Step): readonly Step[] => [step, ...(step.Plans ?? []).flatMap(steps)];
  const all = steps(row?.['QUERY PLAN'][0]?.Plan as Step);
  const ofGarden = (name: string): boolean => !name.startsWith('pg_');
  return {
    indexes: [...new Set(all.flatMap((step) => step['Index Name'] ?? []))].filter(ofGarden).sort(),
    sequences: all
      .filter((step) => step['Node Type'].includes('Seq Scan'))
      .map((step) => ({
        table: step['Relation Name'] ?? '',
        read: (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'],
        wanted: step['Actual Rows'] * step['Actual Loops'],
      })),
  };
}
