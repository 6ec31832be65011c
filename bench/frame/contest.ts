import { contestOrder } from './contest-order.ts';
import { summarise, type Sample } from './summarise.ts';

type Run = () => unknown;

/** A function, optionally with a step before each batch that is not measured. */
export type Contestant = Run | { readonly before: () => unknown; readonly run: Run };

export interface ContestOptions {
  /** Number of measured rounds. Each round runs every contestant once. */
  readonly rounds?: number;
  /**
   * A batch grows until it takes this long, so that the cost of reading the clock is negligible.
   */
  readonly minimumMs?: number;
  /** Fixes the batch size. Use 1 if each call must start from the state that `before` creates. */
  readonly batch?: number;
  readonly signal?: AbortSignal;
  /** Returns nanoseconds. Tests pass their own. */
  readonly clock?: () => bigint;
}

/** Keeps results alive. Otherwise the compiler may remove calls with unused results. */
const sink: { last: unknown } = { last: undefined };

/**
 * Measures contestants against each other in one run: a warm-up of each, and then
 * rounds in which they alternate. The samples are nanoseconds per call.
 *
 * @example
 * const { ours, theirs } = await contest({ ours: () => newId(), theirs: () => v7() });
 * ours.median / theirs.median;
 */
export async function contest<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  options: ContestOptions = {},
): Promise<Record<Name, Sample>> {
  const { rounds = 25, minimumMs = 10, clock = process.hrtime.bigint, signal } = options;
  const names = Object.keys(contestants) as Name[];
  const measure = (name: Name, batch: number): Promise<number> =>
    measureBatch(contestants[name], batch, clock);

  const batches = new Map<Name, number>();
  for (const name of names) {
    signal?.throwIfAborted();
    batches.set(name, await warmUp((batch) => measure(name, batch), minimumMs, options.batch));
  }

  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of contestOrder(names, round)) {
      // Yields to the event loop, so that Ctrl-C is handled between synchronous batches.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      const batch = batches.get(name)!;
      times.get(name)!.push((await measure(name, batch)) / batch);
    }
  }
  // `fromEntries` loses the key type.
  return Object.fromEntries(names.map((name) => [name, summarise(times.get(name)!)])) as Record<
    Name,
    Sample
  >;
}

/** Doubles the batch until it is long enough. The doubling is also the warm-up. */
async function warmUp(
  measure: (batch: number) => Promise<number>,
  minimumMs: number,
  fixed: number | undefined,
): Promise<number> {
  if (fixed !== undefined) {
    await measure(fixed);
    return fixed;
  }
  const enough = minimumMs * 1e6;
  let batch = 1;
  while ((await measure(batch)) < enough) batch *= 2;
  // Measures again, because the first long batch may have included compilation.
  while ((await measure(batch)) < enough) batch *= 2;
  return batch;
}

async function measureBatch(
  contestant: Contestant,
  batch: number,
  clock: () => bigint,
): Promise<number> {
  const { before, run } =
    typeof contestant === 'function' ? { before: undefined, run: contestant } : contestant;
  await before?.();
  const start = clock();
  const first = run();
  // The first call decides, so that a synchronous contestant never pays for an await.
  if (first instanceof Promise) {
    sink.last = await first;
    for (let call = 1; call < batch; call += 1) sink.last = await run();
  } else {
    sink.last = first;
    for (let call = 1; call < batch; call += 1) sink.last = run();
  }
  return Number(clock() - start);
}
