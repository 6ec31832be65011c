/** How far a measurement's rounds lay apart. */
export interface Spread {
  readonly minimum: number;
  readonly maximum: number;
}

export interface Sample extends Spread {
  readonly median: number;
  /** One a round, in the order they were taken. */
  readonly rounds: readonly number[];
}

/** The median is what is quoted: one round that the machine disturbed does not move it. */
export function summarise(rounds: readonly number[]): Sample {
  const sorted = rounds.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError('a sample needs at least one round');
  const lower = sorted.length % 2 === 1 ? upper : sorted[middle - 1]!;
  return { median: (lower + upper) / 2, minimum: sorted[0]!, maximum: sorted.at(-1)!, rounds };
}

/** Leaves the rounds behind: what a row keeps of a sample. */
export function spreadOf({ minimum, maximum }: Spread): Spread {
  return { minimum, maximum };
}
