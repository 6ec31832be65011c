import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import { ancestorsOf, type InsertOrder } from '../../rows/insert-order.ts';
import type { Row } from '../../rows/row.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import type { Coverage } from './coverage.ts';
import { insertSql } from './row-sql.ts';
import { runTrials, type Attempt, type Outcome, type Trial } from './run-trials.ts';

/** What all trials of a schema work with. */
export interface Lab {
  /** Inside of a transaction, and past all policies. */
  readonly client: PostgresClient;
  readonly schema: Schema;
  readonly order: InsertOrder;
  readonly seed: number;
  readonly coverage: Coverage;
  /**
   * Worlds of one valid row a table, by table id; rows of one world point at each other,
   * and any two worlds can stand side by side. A table without a row is not in it.
   */
  readonly worlds: readonly ReadonlyMap<string, Row>[];
  /** Some constraint waits for the end of a transaction. */
  readonly deferred: boolean;
}

/** The world's rows that a table's row needs, as statements. */
export function ancestorsSql(lab: Lab, table: Table, world: number): readonly string[] {
  return ancestorsOf(table, lab.order).flatMap((parent) => {
    const row = lab.worlds[world]?.get(parent.id);
    return row ? [insertSql(parent, row)] : [];
  });
}

/** Runs attempts and lets each judge its own outcome. */
export async function runAttempts(lab: Lab, attempts: readonly Attempt[]): Promise<void> {
  const outcomes = await tryAll(lab, attempts);
  attempts.forEach((attempt, at) => attempt.judge(outcomes[at] ?? {}));
}

/** Runs trials; what Postgres would check at the end of the transaction it checks at theirs. */
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

/** Runs with statements done before it, and undone after it. */
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
