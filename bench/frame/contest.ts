import { contestOrder } from './contest-order.ts';
import { summarise, type Sample } from './summarise.ts';

type Run = () => unknown;

/** A function, or one with something to do before every batch that is not counted. */
export type Contestant = Run | { readonly before: () => unknown; readonly run: Run };

export interface ContestOptions {
  /** Measured rounds; each runs every contestant once. */
  readonly rounds?: number;
  /** A batch grows until it takes this long, so that the clock's own cost disappears in it. */
  readonly minimumMs?: number;
  /** Fixes the batch instead: 1 for work that must start from the state `before` made. */
  readonly batch?: number;
  readonly signal?: AbortSignal;
  /** Nanoseconds; tests hand in their own. */
  readonly clock?: () => bigint;
}

/** Keeps each result alive, or the compiler may remove a call whose result nobody reads. */
const sink: { last: unknown } = { last: undefined };

/**
 * Measures the contestants against each other in one run: a warm-up of each, then
 * rounds in which they alternate. The samples are nanoseconds for one call.
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
      // A turn of the event loop, or Ctrl-C would not be heard between synchronous batches.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      const batch = batches.get(name)!;
      times.get(name)!.push((await measure(name, batch)) / batch);
    }
  }
  // `fromEntries` forgets which keys it was given.
  return Object.fromEntries(names.map((name) => [name, summarise(times.get(name)!)])) as Record<
    Name,
    Sample
  >;
}

/** Doubles the batch until it is long enough; the doubling is the warm-up. */
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
  // Once more: the batch that was long enough may have been so only because it compiled.
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
  // Decided by the first call, so that a synchronous contestant never pays for an await.
  if (first instanceof Promise) {
    sink.last = await first;
    for (let call = 1; call < batch; call += 1) sink.last = await run();
  } else {
    sink.last = first;
    for (let call = 1; call < batch; call += 1) sink.last = run();
  }
  return Number(clock() - start);
}
