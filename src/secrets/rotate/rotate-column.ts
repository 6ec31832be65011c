import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import type { KeyRing } from '../key-ring.ts';
import { encryptAgainWith, type Unreadable } from './encrypt-again.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';
import { readPage, type OldValue, type PageLimits } from './read-page.ts';
import { writePage, type Change } from './write-page.ts';

/** The connections of a rotation. They may be the same; two overlap reading and writing. */
export interface RotationDatabases {
  readonly reader: AnyDatabase;
  readonly writer: AnyDatabase;
}

export interface RotateOptions {
  readonly ring: KeyRing;
  readonly limits: PageLimits;
  readonly signal: AbortSignal;
  /** Called after each batch with the number of its replaced values. */
  onBatch(written: number): void;
}

export interface ColumnResult {
  readonly written: number;
  /** Values that another transaction held or changed until the end. */
  readonly busy: number;
  readonly unreadable: number;
  /** The first of them. */
  readonly examples: readonly Unreadable[];
}

const MAX_PASSES = 20;
const EXAMPLES = 5;
const BUSY_MS = 250;

/**
 * Encrypts the values of a column with the current key. It goes through the table in the order of
 * the primary key, and again for values that were held, or written with an old key meanwhile. It
 * keeps no state: a stopped rotation continues with the values that still have an old key.
 */
export async function rotateColumn(
  databases: RotationDatabases,
  column: EncryptedColumn,
  options: RotateOptions,
): Promise<ColumnResult> {
  let written = 0;
  for (let number = 1; ; number += 1) {
    const pass = await runPass(databases, column, options);
    written += pass.written;
    const isDone = pass.written === 0 && pass.busy === 0;
    if (isDone || number === MAX_PASSES) return { ...pass, written };
    if (pass.busy > 0) await sleep(BUSY_MS, undefined, { signal: options.signal });
  }
}

async function runPass(
  { reader, writer }: RotationDatabases,
  column: EncryptedColumn,
  { ring, limits, signal, onBatch }: RotateOptions,
): Promise<ColumnResult> {
  const encryptAgain = encryptAgainWith(column.place, ring);
  const read = (after?: readonly string[]): Promise<readonly OldValue[]> =>
    handled(readPage(reader, column, { current: ring.current, after }, limits));
  const examples: Unreadable[] = [];
  let [written, busy, unreadable] = [0, 0, 0];
  const write = async (changes: readonly Change[]): Promise<void> => {
    const replaced = changes.length === 0 ? 0 : await writePage(writer, column, changes);
    written += replaced;
    busy += changes.length - replaced;
    onBatch(replaced);
  };
  // The next page is read and encrypted while the last one is written.
  let writing = Promise.resolve();
  let page = await read();
  while (page.length > 0) {
    signal.throwIfAborted();
    const following = read(page.at(-1)!.key);
    const next = await encryptAgain(page);
    const changes = next.filter((one) => 'next' in one);
    unreadable += next.length - changes.length;
    examples.push(...next.filter((one) => 'reason' in one).slice(0, EXAMPLES - examples.length));
    await writing;
    writing = handled(write(changes));
    page = await following;
  }
  await writing;
  return { written, busy, unreadable, examples };
}

/** A promise that is awaited later: until then, its failure is not an unhandled rejection. */
function handled<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => {});
  return promise;
}
