import type { Paint } from '../../../command/paint.ts';
import type { Finding } from '../../../report/problem.ts';

/** The options of a printer. */
export interface PrintContext {
  /** Places below this folder are printed relative to it. */
  readonly folder: string;
  readonly paint: Paint;
  /** The width of the terminal. */
  readonly columns: number;
}

export const isError = ({ severity }: Pick<Finding, 'severity'>): boolean => severity === 'error';

/** `1 table`, `2 tables`. */
export const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;
