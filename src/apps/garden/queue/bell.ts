/** Why a worker is woken: to look for work, or because a handler is done. */
type Ring = 'look' | 'done';

/** Lets one waiter wait until something happens or time is up. A ring that nobody waited for is kept. */
export class Bell {
  #rung: Ring | undefined;
  #hear: (() => void) | undefined;

  ring(why: Ring): void {
    if (this.#rung !== 'look') this.#rung = why;
    this.#hear?.();
  }

  /** What rang since it was last asked. */
  take(): Ring | undefined {
    const rung = this.#rung;
    this.#rung = undefined;
    return rung;
  }

  /** Nothing where the time was up. */
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
