/** Minimum and maximum of the rounds of a measurement. */
export interface Spread {
  readonly minimum: number;
  readonly maximum: number;
}

export interface Sample extends Spread {
  readonly median: number;
  /** One value per round, in order. */
  readonly rounds: readonly number[];
}

/**
 * Summarises rounds. Reports use the median, because a single disturbed round does not affect it.
 */
export function summarise(rounds: readonly number[]): Sample {
  const sorted = rounds.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError('a sample needs at least one round');
  const lower = sorted.length % 2 === 1 ? upper : sorted[middle - 1]!;
  return { median: (lower + upper) / 2, minimum: sorted[0]!, maximum: sorted.at(-1)!, rounds };
}

/** Reduces a sample to the fields that a row keeps. */
export function spreadOf({ minimum, maximum }: Spread): Spread {
  return { minimum, maximum };
}
