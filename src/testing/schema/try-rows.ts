import { insertOrder } from '../../rows/insert-order.ts';
import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import type { Coverage } from './coverage.ts';
import { ancestorsSql, runAttempts, withRows, type Lab } from './lab.ts';
import { prepareTrials } from './run-trials.ts';
import { solveWorlds, type Samples } from './solve-worlds.ts';
import { tryAppendOnly } from './try-append-only.ts';
import { tryKitChecks, tryRawChecks } from './try-checks.ts';
import { subjectsOf } from './subjects.ts';
import { tryColumns } from './try-columns.ts';
import { tryForeignKeys } from './try-foreign-keys.ts';
import { tryKeys } from './try-keys.ts';
import { tryTimes } from './try-times.ts';

export interface TryRowsOptions {
  readonly client: PostgresClient;
  readonly schema: Schema;
  readonly coverage: Coverage;
  readonly seed: number;
  readonly samples?: Samples;
  /** Test only these tables, by id. */
  readonly only?: readonly string[];
}

/** Two worlds are inserted together; the rows of the third are never inserted. */
const WORLDS = 3;

/**
 * Tests every constraint, key, action and trigger with forbidden and allowed rows, inside
 * the caller's transaction.
 */
export async function tryRows(options: TryRowsOptions): Promise<Lab> {
  const { client, schema, coverage, seed, samples = {}, only } = options;
  await prepareTrials(client);
  const order = insertOrder(schema.tables);
  const deferred = schema.tables.some(({ foreignKeys, uniques }) =>
    [...foreignKeys, ...uniques].some(({ deferrable }) => deferrable !== undefined),
  );
  if (deferred) await client.exec('set constraints all deferred');
  const unsolved = { client, schema, order, seed, coverage, deferred };
  const worlds = await solveWorlds(unsolved, WORLDS, samples);
  const lab: Lab = { ...unsolved, worlds };
  for (const table of order.tables) {
    if (only?.includes(table.id) ?? true) await tryTable(lab, table);
  }
  return lab;
}

async function tryTable(lab: Lab, table: Table): Promise<void> {
  const [first, second] = lab.worlds.map((world) => world.get(table.id));
  if (!first || !second) {
    // The missing row was already reported.
    const subjects = subjectsOf({ ...lab.schema, tables: [table] });
    for (const subject of subjects) lab.coverage.untried(subject, `${table.id} has no valid row`);
    return;
  }
  await withRows(lab, ancestorsSql(lab, table, 0), async () => {
    await runAttempts(lab, [
      ...tryColumns(lab, table, first),
      ...tryKitChecks(lab, table, first),
      ...tryTimes(lab, table, first),
      ...tryAppendOnly(lab, table, first),
    ]);
    await tryRawChecks(lab, table, first);
    await tryForeignKeys(lab, table);
  });
  const both = [...ancestorsSql(lab, table, 0), ...ancestorsSql(lab, table, 1)];
  await withRows(lab, both, () => tryKeys(lab, table, { first, second }));
}
