import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from './part.ts';

/** What happened to a supervised part. */
export type SupervisorEvent =
  | {
      readonly type: 'ended';
      readonly name: string;
      /** The end of its output. */
      readonly log: string;
      readonly restartsInMs: number;
    }
  | {
      readonly type: 'failed';
      readonly name: string;
      readonly error: unknown;
      readonly restartsInMs: number;
    }
  | { readonly type: 'restarted'; readonly name: string };

export type OnSupervisorEvent = (event: SupervisorEvent) => void;

/** A part that is started again when it ends. */
export interface Supervised<P extends Part> extends Part {
  /** Resolves with the running part; waits while it is being restarted. */
  running(): Promise<P>;
  /** Starts another part, and stops the previous one once the new one runs. */
  replace(start: () => Promise<P>): Promise<void>;
  /** Stops the part, and starts another one in its place, on the same port. */
  restart(start: () => Promise<P>): Promise<void>;
}

const FIRST_DELAY = 250;
const LONGEST_DELAY = 10_000;
/** After this time a part counts as stable, and the delays start from the beginning. */
const STABLE = 30_000;
/** Ctrl-C also reaches child processes: their end may be noticed before the signal. */
const SIGNAL_MARGIN = 100;

/** Starts a part, and starts it again, with growing delays, each time it ends. */
export async function supervise<P extends Part>(
  name: string,
  firstStart: () => Promise<P>,
  onEvent: OnSupervisorEvent,
): Promise<Supervised<P>> {
  const stopping = new AbortController();
  let start = firstStart;
  let current: P | undefined;
  let waiting = Promise.withResolvers<P>();
  let reviving: Promise<void> | undefined;
  let failures = 0;

  const adopt = (part: P): void => {
    const since = performance.now();
    current = part;
    waiting.resolve(part);
    void part.ended.finally(() => {
      // Another part has replaced it.
      if (current !== part) return;
      current = undefined;
      waiting = Promise.withResolvers<P>();
      failures = performance.now() - since > STABLE ? 0 : failures;
      reviving = revive(part.log());
    });
  };
  const nextDelay = (): number => {
    failures += 1;
    return Math.min(FIRST_DELAY * 2 ** (failures - 1), LONGEST_DELAY);
  };
  const pause = (delay: number): Promise<void> =>
    sleep(delay, undefined, { signal: stopping.signal }).catch(() => {});
  const revive = async (log: string): Promise<void> => {
    await pause(SIGNAL_MARGIN);
    if (stopping.signal.aborted) return;
    const delay = nextDelay();
    onEvent({ type: 'ended', name, log, restartsInMs: delay });
    await retry(delay);
  };
  const retry = async (firstDelay: number): Promise<void> => {
    for (let delay = firstDelay; ;) {
      await pause(delay);
      // `replace` may have started another one meanwhile.
      if (stopping.signal.aborted || current !== undefined) return;
      try {
        const part = await start();
        // Stopped or replaced meanwhile.
        if (stopping.signal.aborted || current !== undefined) return await part.stop();
        adopt(part);
        onEvent({ type: 'restarted', name });
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        delay = nextDelay();
        onEvent({ type: 'failed', name, error, restartsInMs: delay });
      }
    }
  };

  adopt(await start());
  return {
    name,
    ended: new Promise(() => {}),
    log: () => current?.log() ?? '',
    running: () => (current ? Promise.resolve(current) : waiting.promise),
    async replace(next) {
      const part = await next();
      if (stopping.signal.aborted) return part.stop();
      start = next;
      failures = 0;
      const before = current;
      adopt(part);
      await before?.stop();
    },
    async restart(next) {
      start = next;
      const before = current;
      current = undefined;
      waiting = Promise.withResolvers<P>();
      await before?.stop();
      try {
        const part = await next();
        if (stopping.signal.aborted) return await part.stop();
        adopt(part);
      } catch (error) {
        const delay = nextDelay();
        onEvent({ type: 'failed', name, error, restartsInMs: delay });
        reviving = retry(delay);
      }
    },
    async stop() {
      stopping.abort();
      await reviving;
      const last = current;
      current = undefined;
      await last?.stop();
    },
  };
}
