import { quoteName } from '../../model/quote-sql.ts';
import { ROLLUP_SCHEMA } from '../../model/rollup.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { Session } from '../../postgres/session.ts';

/** Marks of one transaction. */
const BATCH = 10_000;

/** A rollup, and the number of its buckets that were computed again. */
export interface RefreshedRollup {
  readonly table: string;
  readonly buckets: number;
}

/**
 * Computes the changed buckets of all rollups again, like `updateRollups()`, for tables of the
 * model. A rollup follows its source.
 */
export async function refreshRollups(
  session: Session,
  tables: readonly Table[],
  onBatch: () => Promise<void>,
): Promise<readonly RefreshedRollup[]> {
  const sources = new Map(
    tables.flatMap(({ id, rollup }) => (rollup ? [[id, rollup.source]] : [])),
  );
  const depth = (id: string): number => {
    const source = sources.get(id);
    return source === undefined ? 0 : 1 + depth(source);
  };
  const refreshed: RefreshedRollup[] = [];
  const rollups = tables.filter(({ rollup }) => rollup);
  for (const table of rollups.toSorted((a, b) => depth(a.id) - depth(b.id))) {
    const refresh = quoteName(ROLLUP_SCHEMA, `refresh_${table.id}`);
    let buckets = 0;
    for (let marks = BATCH; marks === BATCH;) {
      await onBatch();
      const [row] = await session.rows<{ readonly marks: number; readonly buckets: number }>(
        `select marks, buckets from ${refresh}(${BATCH})`,
      );
      marks = row?.marks ?? 0;
      buckets += row?.buckets ?? 0;
    }
    refreshed.push({ table: qualifiedName(table), buckets });
  }
  return refreshed;
}
