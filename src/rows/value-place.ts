import type { Random } from './random.ts';

/** The column and row of a value. */
export interface ValuePlace {
  /** The name of the column; generated texts begin with it. */
  readonly name: string;
  /** The number of the row: two rows differ if the type and the constraints allow it. */
  readonly row: number;
  readonly random: Random;
}
