import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { registries } from '../tables/registry.ts';
import { checkReady } from './check-ready.ts';
import { isDue } from './is-due.ts';
import { keepLeases } from './keep-leases.ts';
import { HeldRequests, type Held } from './held-requests.ts';
import { runHandler } from './run-handler.ts';
import { settingsWith } from './settings.ts';
import { takeTurn } from './take-turn.ts';
import type { WorkerOptions } from './worker-options.ts';
import { stopWorker } from './stop-worker.ts';
import { Bell } from './bell.ts';
import { inTime } from '../../../postgres/in-time.ts';

/** The channel that every insert into the queue notifies. */
const CHANNEL = 'package_requests';
/** How long somebody else may look at a request before it is claimed for again. */
const LOCKED = 200;

/**
 * Works until the signal stops it, or with `once` until nothing is left: claims, runs
 * handlers, keeps the leases, and ends the requests. Ends are sent together with the next
 * claim, so that a request costs one statement, and a batch costs one too.
 *
 * @example
 * await runWorker({
 *   db,
 *   signal: stop.signal,
 *   handle: async (request, { signal }) => {
 *     const response = await fetch(addressOf(request), { signal });
 *     return response.ok
 *       ? { state: 'completed' }
 *       : { state: 'failed', failure: { message: response.statusText } };
 *   },
 * });
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { db, signal, once = false, onEvent = () => {} } = options;
  const settings = settingsWith(options.settings);
  const holder = options.holder ?? `${hostname()} ${process.pid} ${randomBytes(4).toString('hex')}`;
  const concurrency = options.concurrency ?? 4;
  const capacity = Math.max(options.batch ?? concurrency, concurrency);
  await checkReady(db);

  const held = new HeldRequests();
  const bell = new Bell();
  const wake = (): void => bell.ring('look');
  const unlisten = await options.listen?.(CHANNEL, wake).catch((error: unknown) => {
    onEvent({ type: 'trouble', error });
    return undefined;
  });
  const stopKeeping = keepLeases({ db, held, settings, onEvent, wake });
  signal.addEventListener('abort', wake);
  try {
    let mayClaim = true;
    let troubles = 0;
    while (!signal.aborted) {
      startMore();
      // What handlers end within this turn of the event loop is sent together.
      await new Promise(setImmediate);
      const busy = held.count('running') + held.count('waiting');
      // Whatever this worker did is done: what that has queued, a claim from now on finds.
      const idle = once && held.size === 0;
      const limit = (mayClaim || idle) && busy < concurrency ? capacity - busy : 0;
      const ended = held.in('completed', 'failed', 'stopped').length > 0;
      if ((limit === 0 && !ended) || signal.aborted) {
        if (!signal.aborted && (await bell.wait(pause(settings.poll))) !== 'done') mayClaim = true;
        continue;
      }
      try {
        const turn = { db, held, holder, settings, registries: options.registries, onEvent };
        // A driver can lose a statement as its connection closes, and never say so: then what
        // was to be ended is ended with the next turn. An answer that comes late all the same
        // does no harm, since every call asks for the lease.
        const claimed: number = await inTime(
          takeTurn({ ...turn, limit: Math.min(limit, options.batch ?? limit) }),
          Math.max(settings.lease, LONGEST_TURN),
          () => new Error('the database did not answer in the time of a lease.'),
        );
        if (limit > 0) mayClaim = claimed > 0;
        // Who inserted while the claim was on its way has rung already.
        if (bell.take() === 'look') mayClaim = true;
        troubles = 0;
        if (idle && claimed === 0) {
          if (!(await isDue(db, options.registries ?? registries, settings.attempts))) return;
          await bell.wait(LOCKED);
        }
      } catch (error) {
        onEvent({ type: 'trouble', error });
        troubles += 1;
        await sleep(Math.min(100 * 2 ** troubles, settings.poll), undefined, { signal }).catch(
          () => {},
        );
      }
    }
  } finally {
    signal.removeEventListener('abort', wake);
    stopKeeping();
    await stopWorker({ db, held, holder, settings, onEvent, bell, grace: options.grace ?? 5000 });
    await unlisten?.().catch(() => {});
  }

  function startMore(): void {
    while (!signal.aborted && held.count('running') < concurrency) {
      const next = held.first('waiting');
      if (next === undefined) return;
      void work(next);
    }
  }

  async function work(one: Held): Promise<void> {
    one.state = { is: 'running' };
    const state = await runHandler(one, options.handle, signal);
    if (state !== undefined) one.state = state;
    else if (held.drop(one)) onEvent({ type: 'settled', request: one.request });
    startMore();
    bell.ring('done');
  }
}

/** Workers that started together shall not ask together. */
const pause = (poll: number): number => poll * (0.75 + Math.random() / 2);

/** A turn that takes longer, and longer than a lease, is given up. */
const LONGEST_TURN = 5000;
