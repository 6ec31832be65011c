import type { Archive } from '../archive/archive.ts';
import type { Pace } from '../pace.ts';
import { shortTransaction } from '../short-transaction.ts';
import type { Session } from '../../postgres/session.ts';
import { clearBatch, deleteBatch, type BatchOrder, type BatchRows } from './batch-sql.ts';

/** What happens with the rows of each batch. */
export type BatchWork =
  | { readonly kind: 'delete'; readonly archive?: Archive }
  | { readonly kind: 'clear'; readonly columns: readonly string[] };

/** Where the batches come from. */
export type BatchSource =
  | { readonly by: 'time'; readonly column: string; readonly until: string }
  | { readonly by: 'block' };

export interface BatchTools {
  readonly session: Session;
  readonly pace: Pace;
  /** Called before each batch. It throws if the run has to stop. */
  readonly onBatch: (rowsSoFar: number) => Promise<void>;
}

/** Deletes or clears rows in short transactions, with pauses. Returns the number of rows. */
export async function deleteInBatches(
  { session, pace, onBatch }: BatchTools,
  rows: BatchRows,
  source: BatchSource,
  work: BatchWork,
): Promise<number> {
  let total = 0;
  const step = async (order: BatchOrder): Promise<Batch> => {
    await onBatch(total);
    const batch = await pace.step(() => runBatch(session, rows, order, work));
    total += batch.count;
    return batch;
  };
  if (source.by === 'time') {
    let after = '-infinity';
    for (;;) {
      const size = pace.rows;
      const { count, last } = await step({ ...source, after, rows: size });
      if (count < size || last === null) return total;
      // The next batch starts at this time, because it may have further rows.
      after = last;
    }
  }
  const { blocks, perBlock } = await sizeOf(session, rows.table);
  for (let from = 0; from < blocks;) {
    const to = from + Math.max(1, Math.ceil(pace.rows / perBlock));
    await step({ by: 'block', from, to });
    from = to;
  }
  return total;
}

interface Batch {
  readonly count: number;
  /** The latest time in the batch. */
  readonly last: string | null;
}

async function runBatch(
  session: Session,
  rows: BatchRows,
  order: BatchOrder,
  work: BatchWork,
): Promise<Batch> {
  if (work.kind === 'clear' || work.archive === undefined) {
    const sql =
      work.kind === 'clear'
        ? clearBatch(rows, order, work.columns)
        : deleteBatch(rows, order, false);
    const [row] = await shortTransaction(session, (tx) =>
      tx.rows<{ readonly n: number; readonly at: string | null }>(sql),
    );
    return { count: row?.n ?? 0, last: row?.at ?? null };
  }
  const { archive } = work;
  let pending: Awaited<ReturnType<Archive['append']>> | undefined;
  const found = await shortTransaction(session, async (tx) => {
    // A repeated transaction must not append its rows twice.
    if (pending) await archive.settle(pending, false);
    pending = undefined;
    const deleted = await tx.rows<{ readonly line: string; readonly at: string | null }>(
      deleteBatch(rows, order, true),
    );
    if (deleted.length === 0) return deleted;
    const [own] = await tx.rows<{ readonly id: string }>('select pg_current_xact_id()::text as id');
    pending = await archive.append(
      deleted.map(({ line }) => line),
      own?.id ?? '',
    );
    return deleted;
  });
  if (pending) await archive.settle(pending, true);
  return { count: found.length, last: found[0]?.at ?? null };
}

async function sizeOf(
  session: Session,
  table: string,
): Promise<{ readonly blocks: number; readonly perBlock: number }> {
  const literal = `'${table.replaceAll("'", "''")}'`;
  const [row] = await session.rows<{ readonly blocks: number; readonly per_block: number }>(
    `select (pg_relation_size(${literal}) / current_setting('block_size')::int)::int as blocks,
      greatest(case when relpages > 0 then reltuples / relpages else 50 end, 1)::float8 as per_block
    from pg_class where oid = ${literal}::regclass`,
  );
  return { blocks: row?.blocks ?? 0, perBlock: row?.per_block ?? 50 };
}
