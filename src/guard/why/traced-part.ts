import type { RuleOutline } from '../../rules/outline-rule.ts';

export type Truth = 'true' | 'false' | 'unknown';

/** A part of a rule with its value for one row and one principal. */
export interface TracedPart {
  readonly kind: RuleOutline['kind'];
  /** A clause; `all of` or `any of` for a part with parts. */
  readonly words: string;
  readonly truth: Truth;
  /** Whether the value of the rule follows from this part. */
  readonly decides: boolean;
  readonly parts: readonly TracedPart[];
  /**
   * For a lookup in another table: the number of joined rows, and the conditions that they meet.
   */
  readonly joined?: JoinedRows;
}

export interface JoinedRows {
  readonly count: number;
  readonly met?: MetPart;
}

/** A condition on joined rows, and how many of them meet it. */
export interface MetPart {
  readonly words: string;
  readonly count: number;
  readonly parts: readonly MetPart[];
}
