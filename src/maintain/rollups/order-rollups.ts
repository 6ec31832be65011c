import type { PgTable } from 'drizzle-orm/pg-core';
import { idOf } from '../../kit/access/rule-origin.ts';
import { rollupOf } from '../../kit/rollup/rollup-of.ts';
import type { Rollup } from '../../model/rollup.ts';
import { ProblemError } from '../../report/problem.ts';

interface OrderedRollup {
  readonly table: PgTable;
  readonly id: string;
}

/** Rollups with their ids, each after its source. */
export function orderRollups(tables: readonly PgTable[]): readonly OrderedRollup[] {
  const sources = new Map(
    tables.map((table) => [idOf(table), { table, source: refuseNoRollup(table).source }] as const),
  );
  const depth = (id: string): number => {
    const source = sources.get(id)?.source;
    return source === undefined ? 0 : 1 + depth(source);
  };
  return [...sources]
    .map(([id, { table }]) => ({ id, table }))
    .toSorted((one, other) => depth(one.id) - depth(other.id));
}

/** How a table is derived; a problem for a table that is not. */
export function refuseNoRollup(table: PgTable): Rollup {
  const rollup = rollupOf(table);
  if (rollup) return rollup;
  throw new ProblemError({
    code: 'maintain/no-rollup',
    message: `${idOf(table)} is no rollup.`,
    fix: 'pass tables with rollup() of the kit.',
  });
}
