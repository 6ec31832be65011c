import { CopyRows } from '../load/copy-rows.ts';
import { ProvenCopy } from '../load/proven-copy.ts';
import type { Turn } from './in-lanes.ts';
import { lowestId } from './synthetic-id.ts';
import { BLOCK } from './synthetic-name.ts';
import { tableRows, type RowSource, type TableRows } from './synthetic-rows.ts';

/** A transaction holds about this many packages with all that is theirs: some ten thousands of rows. */
const SIZE = 1024;

/** Packages from one on, before another. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** Whole blocks: within one, a package may need a younger one. */
export function* chunks(start: number, packages: number): Generator<Chunk> {
  for (let from = start; from < packages;) {
    const end = Math.min(Math.floor((from + SIZE) / BLOCK) * BLOCK, packages);
    yield { start: from, end };
    from = end;
  }
}

const tables = tableRows.map(({ table }) => table);

/** A chunk's tables are filled in steps, one each. */
export const STEPS: number = tables.length;

/**
 * Puts in the rows of a chunk, and gives how many. A table takes the rows of one chunk
 * after those of another: keys that ascend are put at the end of their index without a
 * search, and leave its pages full.
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
    // Triggers look for what a row leads to at once, and that may be in an earlier chunk.
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

/** The rows of a chunk's packages, in pieces of a good size for the wire. */
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
