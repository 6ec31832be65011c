import { mkdir, open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';

const compress = promisify(gzip);

/** A batch whose transaction had not been seen to end. */
export interface PendingBatch {
  /** The archive file, and its length before the batch. */
  readonly file: string;
  readonly length: number;
  /** The transaction that deletes the rows: `pg_current_xact_id()`. */
  readonly transaction: string;
  /** One of the rows, as it is in the archive. */
  readonly line: string;
}

/** The archive of one table: JSON lines, compressed, one file a day. */
export interface Archive {
  /** The batch that an interrupted run has left. */
  pending(): Promise<PendingBatch | undefined>;
  /** Ends a batch: keeps its lines if its transaction was committed, or removes them. */
  settle(batch: PendingBatch, committed: boolean): Promise<void>;
  /**
   * Appends the rows of a batch, before the transaction that deletes them is committed. When it
   * returns, they are on the disk.
   */
  append(lines: readonly string[], transaction: string): Promise<PendingBatch>;
}

/**
 * Opens the archive of a table. A gzip file may consist of several members, so that each batch
 * is appended as one, and `zcat` reads them all. What is on the disk, but not in the file named
 * by a pending batch, belongs to committed transactions.
 *
 * @param name the name of the table, safe as a name of a folder.
 */
export function openArchive(folder: string, name: string, day: string): Archive {
  const own = join(folder, name);
  const note = join(own, 'pending.json');
  return {
    async pending() {
      try {
        return JSON.parse(await readFile(note, 'utf8')) as PendingBatch;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async settle({ file, length }, committed) {
      if (!committed) await cut(join(own, file), length);
      await rm(note);
      await sync(own);
    },
    async append(lines, transaction) {
      await mkdir(own, { recursive: true, mode: 0o700 });
      const file = `${day}.jsonl.gz`;
      const path = join(own, file);
      const batch: PendingBatch = {
        file,
        length: await lengthOf(path),
        transaction,
        line: lines[0] ?? '',
      };
      await writeDurably(note, JSON.stringify(batch));
      const bytes = await compress(lines.map((line) => `${line}\n`).join(''));
      const handle = await open(path, 'a', 0o600);
      try {
        await handle.write(bytes);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await sync(own);
      return batch;
    },
  };
}

const lengthOf = async (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

async function cut(path: string, length: number): Promise<void> {
  if ((await lengthOf(path)) <= length) return;
  if (length === 0) await rm(path);
  else await truncate(path, length);
}

/** A file appears under its name only when it is complete. */
async function writeDurably(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, text, { mode: 0o600, flush: true });
  await rename(unfinished, path);
  await sync(dirname(path));
}

/** Makes new names in a folder durable. Windows cannot open folders, and needs no such call. */
async function sync(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
