import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from './limits.ts';

/** Lets requests to one host pass: so many at a time, so many a second, and none while it asked for a rest. */
export class HostGate {
  readonly #limits: Limits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** When the next request may begin. */
  #next = 0;
  #restUntil = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** The host asked not to be asked. */
  rest(milliseconds: number): void {
    this.#restUntil = Math.max(this.#restUntil, Date.now() + milliseconds);
  }

  /**
   * Waits for a place, runs, and gives the place to the next one. Throws what `rests`
   * makes of the time that is left where the host wants its rest, also where it asked
   * for that while this one waited.
   */
  async pass<Result>(
    signal: AbortSignal,
    rests: (left: number) => Error,
    run: () => Promise<Result>,
  ): Promise<Result> {
    this.#refuseIfResting(rests);
    await this.#enter(signal);
    try {
      this.#refuseIfResting(rests);
      await this.#pace(signal);
      this.#refuseIfResting(rests);
      return await run();
    } finally {
      this.#leave();
    }
  }

  #refuseIfResting(rests: (left: number) => Error): void {
    const left = this.#restUntil - Date.now();
    if (left > 0) throw rests(left);
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running < this.#limits.concurrency) {
      this.#running += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => {
      const at = this.#waiting.indexOf(resolve);
      if (at !== -1) this.#waiting.splice(at, 1);
      reject(signal.reason);
    };
    this.#waiting.push(resolve);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** The place goes from hand to hand, so that a newcomer cannot take it before those who wait. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }

  async #pace(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    const start = Math.max(now, this.#next);
    this.#next = start + 1000 / this.#limits.rate;
    if (start > now) await sleep(start - now, undefined, { signal });
  }
}
