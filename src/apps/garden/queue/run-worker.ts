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

/** Every insert into the queue notifies this channel. */
const CHANNEL = 'package_requests';
/**
 * How long to wait, in milliseconds, for another worker's lock on a due request before claiming
 * again.
 */
const LOCKED = 200;

/**
 * Runs until the signal stops it, or with `once` until no request is left. Claims requests,
 * runs handlers, extends leases and ends requests. Completions are sent together with the
 * next claim, so each request, or each batch, costs one statement.
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
  const wake = (): void => bell.ring('claim');
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
      // Handlers that end within the same tick of the event loop are sent together.
      await new Promise(setImmediate);
      const busy = held.count('running') + held.count('waiting');
      // This worker has no requests left, so the next claim finds everything that its handlers
      // queued.
      const idle = once && held.size === 0;
      const limit = (mayClaim || idle) && busy < concurrency ? capacity - busy : 0;
      const ended = held.in('completed', 'failed', 'stopped').length > 0;
      if ((limit === 0 && !ended) || signal.aborted) {
        if (!signal.aborted && (await bell.wait(pause(settings.poll))) !== 'done') mayClaim = true;
        continue;
      }
      try {
        const turn = { db, held, holder, settings, registries: options.registries, onEvent };
        // A driver can lose a statement when its connection closes, and never report it. The
        // requests then end in the next turn. A late answer does no harm, because every call checks
        // the lease.
        const claimed: number = await inTime(
          takeTurn({ ...turn, limit: Math.min(limit, options.batch ?? limit) }),
          Math.max(settings.lease, LONGEST_TURN),
          () => new Error('the database did not answer within the time of a lease.'),
        );
        if (limit > 0) mayClaim = claimed > 0;
        // A notification during the claim has already rung the bell.
        if (bell.take() === 'claim') mayClaim = true;
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

/** Jitter keeps workers that started together from polling together. */
const pause = (poll: number): number => poll * (0.75 + Math.random() / 2);

/** Milliseconds. A turn that takes longer than this and longer than a lease is abandoned. */
const LONGEST_TURN = 5000;
