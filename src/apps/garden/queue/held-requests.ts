import type { ClaimedRequest } from './claim.ts';
import type { Completion, Failure } from './settle.ts';

/** A request that a worker holds, with its state. */
export interface Held {
  readonly request: ClaimedRequest;
  readonly abort: AbortController;
  state:
    | { readonly is: 'waiting' | 'running' }
    | { readonly is: 'completed'; readonly completion: Completion }
    | { readonly is: 'failed'; readonly failure: Failure }
    /** The handler was aborted. The worker still has to release the request. */
    | { readonly is: 'stopped' };
  /** Until this time, on the clock of this process, the lease is certainly held. */
  surelyUntil: number;
}

/** The requests that a worker holds, by id. */
export class HeldRequests {
  readonly #held = new Map<string, Held>();

  add(request: ClaimedRequest, surelyUntil: number): void {
    const held: Held = {
      request,
      abort: new AbortController(),
      state: { is: 'waiting' },
      surelyUntil,
    };
    this.#held.set(request.id, held);
  }

  /** Removes a request. Does nothing if the same request is held under a later lease by now. */
  drop(held: Held): boolean {
    if (this.#held.get(held.request.id) !== held) return false;
    return this.#held.delete(held.request.id);
  }

  get size(): number {
    return this.#held.size;
  }

  all(): readonly Held[] {
    return [...this.#held.values()];
  }

  in(...states: readonly Held['state']['is'][]): readonly Held[] {
    return this.all().filter(({ state }) => states.includes(state.is));
  }

  first(state: Held['state']['is']): Held | undefined {
    for (const held of this.#held.values()) if (held.state.is === state) return held;
    return undefined;
  }

  count(state: Held['state']['is']): number {
    let count = 0;
    for (const held of this.#held.values()) if (held.state.is === state) count += 1;
    return count;
  }
}
