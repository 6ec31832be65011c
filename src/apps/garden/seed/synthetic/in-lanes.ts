import type { SeedDatabase, SeedTransaction } from '../load/seed-database.ts';

/** A transaction that runs concurrently with others. */
export interface Turn {
  readonly tx: SeedTransaction;
  /**
   * Resolves when all earlier transactions are committed. Await it before this transaction ends.
   */
  readonly earlier: Promise<void>;
  /** Lets the next transaction start. Call it when this transaction holds its locks. */
  begun(): void;
  /** Runs a step after the previous transaction has run the same step or has ended. */
  inOrder<Done>(step: number, work: () => Promise<Done>): Promise<Done>;
}

/** The work for a piece. */
export interface LaneWork<Piece, Result> {
  /** Number of ordered steps. */
  readonly steps: number;
  work(turn: Turn, piece: Piece): Promise<Result>;
  /** Called after the commit, in the order of the pieces. */
  done(result: Result, piece: Piece): void;
}

/**
 * Runs one transaction per piece, on several connections at once. They commit in the order of the
 * pieces, so an aborted run leaves a complete prefix.
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
      // Prevents an unhandled rejection. Callers that await `earlier` still get the error.
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

/** Resolves when a step is done. */
type Gate = PromiseWithResolvers<void>;

const orderOf =
  (before: readonly Gate[], gates: readonly Gate[]): Turn['inOrder'] =>
  async (step, work) => {
    await before[step]?.promise;
    const done = await work();
    gates[step]?.resolve();
    return done;
  };
