import type { KeyRing } from '../key-ring.ts';
import { checkTables } from './check-tables.ts';
import { countUses } from './count-uses.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';
import type { PageLimits } from './read-page.ts';
import { rotateColumn, type ColumnResult, type RotationDatabases } from './rotate-column.ts';

/** Bytes of text per batch, which bounds the memory. */
const BATCH_BYTES = 4_000_000;
const BATCH_ROWS = 2000;

export interface RotateKeysOptions {
  readonly columns: readonly EncryptedColumn[];
  readonly ring: KeyRing;
  /** Rows per batch. */
  readonly rows?: number | undefined;
  readonly signal: AbortSignal;
  onProgress?(progress: RotationProgress): void;
}

export interface RotationProgress {
  readonly column: EncryptedColumn;
  readonly done: number;
  /** Values with an old key at the start. */
  readonly total: number;
}

export interface RotatedColumn extends ColumnResult {
  readonly column: EncryptedColumn;
}

/** Encrypts all values of the columns with the current key of the ring. */
export async function rotateKeys(
  databases: RotationDatabases,
  { columns, ring, rows = BATCH_ROWS, signal, onProgress }: RotateKeysOptions,
): Promise<readonly RotatedColumn[]> {
  await checkTables(databases.reader, columns);
  const limits: PageLimits = { rows, bytes: BATCH_BYTES };
  const results: RotatedColumn[] = [];
  for (const column of columns) {
    const uses = await countUses(databases.reader, column);
    const total = [...uses].reduce(
      (sum, [id, count]) => (id === ring.current ? sum : sum + count),
      0,
    );
    let done = 0;
    onProgress?.({ column, done, total });
    const result = await rotateColumn(databases, column, {
      ring,
      limits,
      signal,
      onBatch(written) {
        done += written;
        onProgress?.({ column, done, total: Math.max(done, total) });
      },
    });
    results.push({ column, ...result });
  }
  return results;
}
