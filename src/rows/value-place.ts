import type { Random } from './random.ts';

/** Where a value stands. */
export interface ValuePlace {
  /** The name of the column; a text begins with it. */
  readonly name: string;
  /** The number of the row: two rows differ wherever the type and the constraints let them. */
  readonly row: number;
  readonly random: Random;
}
