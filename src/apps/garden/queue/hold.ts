import { sql } from 'drizzle-orm';
import type { Lease } from './lease.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { arrayText, ask, type QueueDatabase } from './queue-database.ts';
import { settingsWith, type QueueSettings } from './settings.ts';

/** Prolongs leases of one holder, and gives the ids of the requests that it still holds. */
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
 * Hands requests of one holder back, as if it had never claimed them. It must not work
 * on them any more: the next claim counts the same attempt.
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

/** What {@link recover} found. */
export interface Recovered {
  /** How many wait again. */
  readonly pending: number;
  /** How many lost their worker in their last attempt, and failed. */
  readonly failed: number;
}

/**
 * Takes back what workers held that are gone, a thousand requests at most: call it again
 * while it finds any. Running workers do so by themselves.
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

/** In one order for everybody, so that two statements cannot wait for each other. */
function columns(leases: readonly Lease[]): { readonly ids: string; readonly attempts: string } {
  const sorted = leases.toSorted((a, b) => (a.requestId < b.requestId ? -1 : 1));
  return {
    ids: arrayText(sorted.map(({ requestId }) => requestId)),
    attempts: arrayText(sorted.map(({ attempt }) => attempt)),
  };
}
