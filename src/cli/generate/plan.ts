import type { Finding } from '../../problem.ts';

/** What one target of `garden generate` would do. */
export interface Plan {
  /** What the author of the schema should know. */
  readonly findings: readonly Finding[];
  /** All that is not as the definitions say; nothing where all is up to date. */
  readonly missing: readonly Missing[];
  /** Does it. Gives the files that were written. */
  write(): Promise<readonly string[]>;
}

/** A line of `--check`, with the sign that stands before it. */
export interface Missing {
  /** `?` is something that only a person can answer. */
  readonly sign: '+' | '-' | '?' | ' ';
  readonly text: string;
}
