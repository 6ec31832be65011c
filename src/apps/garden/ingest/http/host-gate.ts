import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from './limits.ts';

/** Limits requests to one host: concurrency, rate, and pauses that the host asked for. */
export class HostGate {
  readonly #limits: Limits;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** Earliest time of the next request. */
  #next = 0;
  #restUntil = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Pauses requests because the host asked for it. */
  rest(milliseconds: number): void {
    this.#restUntil = Math.max(this.#restUntil, Date.now() + milliseconds);
  }

  /**
   * Waits for a free slot, runs, and frees the slot. While the host is paused it throws the error
   * that `rests` makes from the remaining time, also if the pause starts during the wait.
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

  /** Hands the slot to the next waiter, so that a newcomer cannot take it first. */
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
