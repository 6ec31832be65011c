import type { Answer } from './answer-reading.ts';
import type { Claims } from '../../model/rule.ts';
import type { Attempt, Reading, Write } from './world.ts';

/** The readings and attempts of one principal, with the oracle's answers. */
export interface Questions {
  readonly claims: Claims;
  readonly readings: readonly { readonly reading: Reading; readonly expected: Answer }[];
  readonly attempts: readonly {
    readonly write: Write;
    readonly attempt: Attempt;
    readonly expected: 'allowed' | 'denied';
  }[];
}
