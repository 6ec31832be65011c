import type { Finding } from '../../report/problem.ts';

/** What one target of `garden generate` would do. */
export interface Plan {
  /** What the author of the schema should know. */
  readonly findings: readonly Finding[];
  /** What no migration does; nothing where all is up to date. */
  readonly missing: readonly Missing[];
  /** The generated files that do not say what they should; looked for by `--check` alone. */
  drifted(): Promise<readonly FileDrift[]>;
  /** Does it. Gives the files that were written. */
  write(): Promise<readonly string[]>;
}

export interface FileDrift {
  /** Absolute. */
  readonly file: string;
  readonly exists: boolean;
  /** Those that are missing, and those that should not be there. */
  readonly lines: readonly Missing[];
}

/** A line of `--check`, with the sign that stands before it. */
export interface Missing {
  /** `?` is something that only a person can answer. */
  readonly sign: '+' | '-' | '?';
  readonly text: string;
}
