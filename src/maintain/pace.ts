import { setTimeout as sleep } from 'node:timers/promises';

export interface PaceOptions {
  /** Rows of the first batch. Later ones are sized so that each takes about 40 ms. */
  readonly rows: number;
  /** The pause after a batch, as a multiple of its duration. */
  readonly pause: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sizes batches by the time that they take, and pauses between them. */
export interface Pace {
  readonly rows: number;
  /** Runs one batch, then pauses. */
  step<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** A writer that waits for a batch waits no longer than this, in milliseconds. */
const WANTED = 40;
const SMALLEST = 50;
const LARGEST = 10_000;

export function startPace({ rows, pause, signal }: PaceOptions): Pace {
  let size = rows;
  return {
    get rows() {
      return size;
    },
    async step(work) {
      signal?.throwIfAborted();
      const started = performance.now();
      const result = await work();
      const elapsed = performance.now() - started;
      const factor = Math.min(2, Math.max(0.25, WANTED / Math.max(elapsed, 1)));
      size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, size * factor)));
      await sleep(elapsed * pause, undefined, signal ? { signal } : {}).catch(() =>
        signal?.throwIfAborted(),
      );
      return result;
    },
  };
}
