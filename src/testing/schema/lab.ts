import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import { ancestorsOf, type InsertOrder } from '../../rows/insert-order.ts';
import type { Row } from '../../rows/row.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import type { Coverage } from './coverage.ts';
import { insertSql } from './row-sql.ts';
import { runTrials, type Attempt, type Outcome, type Trial } from './run-trials.ts';

/** The context of all trials of a schema. */
export interface Lab {
  /** Inside a transaction, with a role that bypasses policies. */
  readonly client: PostgresClient;
  readonly schema: Schema;
  readonly order: InsertOrder;
  readonly seed: number;
  readonly coverage: Coverage;
  /**
   * Worlds of one valid row per table, by table id. Rows of a world reference each other,
   * and the rows of two worlds can coexist. A table without a valid row is absent.
   */
  readonly worlds: readonly ReadonlyMap<string, Row>[];
  /** Whether some constraint is deferrable. */
  readonly deferred: boolean;
}

/** Statements that insert the rows of a world that a table's row needs. */
export function ancestorsSql(lab: Lab, table: Table, world: number): readonly string[] {
  return ancestorsOf(table, lab.order).flatMap((parent) => {
    const row = lab.worlds[world]?.get(parent.id);
    return row ? [insertSql(parent, row)] : [];
  });
}

/** Runs attempts, and passes each its outcome. */
export async function runAttempts(lab: Lab, attempts: readonly Attempt[]): Promise<void> {
  const outcomes = await tryAll(lab, attempts);
  attempts.forEach((attempt, at) => attempt.judge(outcomes[at] ?? {}));
}

/** Runs trials. Deferred constraints are checked at the end of each trial. */
export function tryAll(lab: Lab, trials: readonly Trial[]): Promise<readonly Outcome[]> {
  if (!lab.deferred) return runTrials(lab.client, trials);
  return runTrials(
    lab.client,
    trials.map(({ statements, ...trial }) => ({
      ...trial,
      statements: [...statements, 'set constraints all immediate'],
    })),
  );
}

/** Runs statements before `run`, and rolls them back after it. */
export async function withRows(
  lab: Lab,
  statements: readonly string[],
  run: () => Promise<void>,
): Promise<void> {
  await lab.client.exec(['savepoint rows', ...statements].join(';\n'));
  try {
    await run();
  } finally {
    await lab.client.exec('rollback to savepoint rows; release savepoint rows');
  }
}
