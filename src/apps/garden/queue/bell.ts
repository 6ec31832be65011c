/** Why a worker wakes up: to claim requests, or because a handler has finished. */
type Ring = 'claim' | 'done';

/**
 * Wakes a single waiter, which waits for a ring or a timeout. If nobody waits, the ring is kept for
 * the next wait.
 */
export class Bell {
  #rung: Ring | undefined;
  #hear: (() => void) | undefined;

  ring(why: Ring): void {
    if (this.#rung !== 'claim') this.#rung = why;
    this.#hear?.();
  }

  /** Returns the last ring and clears it. */
  take(): Ring | undefined {
    const rung = this.#rung;
    this.#rung = undefined;
    return rung;
  }

  /** Resolves to the ring, or to `undefined` on timeout. */
  async wait(milliseconds: number): Promise<Ring | undefined> {
    if (this.#rung === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      this.#hear = resolve;
      await promise;
      clearTimeout(timer);
      this.#hear = undefined;
    }
    return this.take();
  }
}
