import { sql } from 'drizzle-orm';
import type { Lease } from './lease.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { arrayText, ask, type QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

/** Extends leases of one holder, and returns the ids of the requests that it still holds. */
export async function heartbeat(
  db: QueueDatabase,
  leases: readonly Lease[],
  settings?: Partial<QueueSettings>,
): Promise<ReadonlySet<string>> {
  const { lease } = settingsWith(settings);
  const [first] = leases;
  if (first === undefined) return new Set();
  const { ids, attempts } = columns(leases);
  const held = await ask<readonly string[]>(
    db,
    sql`select queue.heartbeat(${first.holder}, ${ids}, ${attempts}, make_interval(secs => ${lease / 1000})) as answer`.inlineParams(),
  );
  return new Set(held);
}

/**
 * Releases requests of one holder without counting the attempt. The holder must not work on them
 * any more: the next claim has the same attempt number.
 */
export async function release(db: QueueDatabase, leases: readonly Lease[]): Promise<number> {
  const [first] = leases;
  if (first === undefined) return 0;
  const { ids, attempts } = columns(leases);
  const [row] = await rowsOf<{ readonly released: number }>(
    db,
    sql`select queue.release(${first.holder}, ${ids}, ${attempts}) as released`.inlineParams(),
  );
  return row?.released ?? 0;
}

/** Result of {@link recover}. */
export interface Recovered {
  /** Requests that are pending again. */
  readonly pending: number;
  /** Requests that failed because their last attempt expired. */
  readonly failed: number;
}

/**
 * Recovers requests with expired leases, at most a thousand per call. Repeat until it finds none.
 * Running workers call it regularly.
 */
export async function recover(
  db: QueueDatabase,
  settings?: Partial<QueueSettings>,
): Promise<Recovered> {
  const { attempts } = settingsWith(settings);
  const found = Object.values(
    await ask<Readonly<Record<string, string>>>(
      db,
      sql`select queue.recover(${attempts}, 1000) as answer`.inlineParams(),
    ),
  );
  const pending = found.filter((status) => status === 'pending').length;
  return { pending, failed: found.length - pending };
}

/** Sorted by id, so that concurrent statements cannot deadlock. */
function columns(leases: readonly Lease[]): { readonly ids: string; readonly attempts: string } {
  const sorted = leases.toSorted((a, b) => (a.requestId < b.requestId ? -1 : 1));
  return {
    ids: arrayText(sorted.map(({ requestId }) => requestId)),
    attempts: arrayText(sorted.map(({ attempt }) => attempt)),
  };
}
