import type { SeedDatabase, SeedTransaction } from '../load/seed-database.ts';

/** One transaction among others that run beside it. */
export interface Turn {
  readonly tx: SeedTransaction;
  /** Settles when all before it are committed. To be awaited before the end of this one. */
  readonly earlier: Promise<void>;
  /** Lets the next transaction begin. Call it when this one holds the locks it needs. */
  begun(): void;
  /** Does a step once the transaction before has done the step of that number, or has ended. */
  inOrder<Done>(step: number, work: () => Promise<Done>): Promise<Done>;
}

/** What to do for a piece. */
export interface LaneWork<Piece, Result> {
  /** How many steps there are to be done in order. */
  readonly steps: number;
  work(turn: Turn, piece: Piece): Promise<Result>;
  /** Called when it is committed, in the order of the pieces. */
  done(result: Result, piece: Piece): void;
}

/**
 * Runs a transaction for each piece, on several connections at once. They are committed
 * in the order of the pieces, so whatever stops them, the first so many are there.
 */
export async function inLanes<Piece, Result>(
  database: SeedDatabase,
  lanes: number,
  pieces: Iterable<Piece>,
  plan: LaneWork<Piece, Result>,
): Promise<void> {
  const turns: Promise<void>[] = Array.from({ length: lanes }, async () => {});
  let earlier = Promise.resolve();
  let before: readonly Gate[] = [];
  let lane = 0;
  try {
    for (const piece of pieces) {
      await turns[lane];
      const { promise: hasBegun, resolve: begun } = Promise.withResolvers<void>();
      const gates = Array.from({ length: plan.steps }, () => Promise.withResolvers<void>());
      const turn = { earlier, begun, inOrder: orderOf(before, gates) };
      earlier = database
        .transaction((tx) => plan.work({ tx, ...turn }, piece), lane)
        .then((result) => plan.done(result, piece))
        .finally(() => {
          begun();
          for (const gate of gates) gate.resolve();
        });
      before = gates;
      // Whoever waits for it hears of an error; until then it is nobody's.
      earlier.catch(() => {});
      turns[lane] = earlier;
      lane = (lane + 1) % lanes;
      await hasBegun;
    }
    await Promise.all(turns);
  } finally {
    await Promise.allSettled(turns);
  }
}

/** Opens when a step is done. */
type Gate = PromiseWithResolvers<void>;

const orderOf =
  (before: readonly Gate[], gates: readonly Gate[]): Turn['inOrder'] =>
  async (step, work) => {
    await before[step]?.promise;
    const done = await work();
    gates[step]?.resolve();
    return done;
  };
