import { CopyRows } from '../load/copy-rows.ts';
import { ProvenCopy } from '../load/proven-copy.ts';
import type { Turn } from './in-lanes.ts';
import { lowestId } from './synthetic-id.ts';
import { BLOCK } from './synthetic-name.ts';
import { tableRows, type RowSource, type TableRows } from './synthetic-rows.ts';

/** Approximate number of packages per transaction, with some ten thousand rows. */
const SIZE = 1024;

/** A range of packages; `end` is exclusive. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/**
 * Chunks consist of whole blocks, because a package can depend on a younger one of the same block.
 */
export function* chunks(start: number, packages: number): Generator<Chunk> {
  for (let from = start; from < packages;) {
    const end = Math.min(Math.floor((from + SIZE) / BLOCK) * BLOCK, packages);
    yield { start: from, end };
    from = end;
  }
}

const tables = tableRows.map(({ table }) => table);

/** A chunk has one step per table. */
export const STEPS: number = tables.length;

/**
 * Inserts the rows of a chunk and returns their number. Each table gets the rows of one chunk after
 * those of the previous one. Ascending keys are appended to their index without a search and fill
 * its pages.
 */
export async function loadChunk(
  { tx, earlier, begun, inOrder }: Turn,
  source: RowSource,
  chunk: Chunk,
  mayPause: boolean,
): Promise<number> {
  const proven = await ProvenCopy.open(tx, tables, mayPause);
  begun();
  let rows = 0;
  for (const [step, table] of tableRows.entries()) {
    // Foreign key triggers check each row immediately, and the referenced row may be in an earlier
    // chunk.
    if (!proven.isPaused(table.table)) await earlier;
    const out = new CopyRows();
    await inOrder(step, () =>
      proven.copy(table.table, table.columns, slices(table, out, source, chunk)),
    );
    rows += out.count;
  }
  await earlier;
  await proven.prove(lowestId(chunk.start), lowestId(chunk.end));
  return rows;
}

/** The rows of a chunk's packages, in slices. */
function* slices(
  table: TableRows,
  out: CopyRows,
  source: RowSource,
  { start, end }: Chunk,
): Generator<Buffer> {
  for (let at = start; at < end; at += 1) {
    table.write(out, source, at);
    if (out.isFull) yield out.take();
  }
  yield out.end();
}
