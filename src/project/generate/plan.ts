import type { Finding } from '../../report/problem.ts';

/** The planned work of one target of `garden generate`. */
export interface Plan {
  /** Problems of the schema. */
  readonly findings: readonly Finding[];
  /** Notes for the user about the written files. */
  readonly notes?: readonly string[];
  /** Changes that no migration contains; empty if everything is up to date. */
  readonly missing: readonly Missing[];
  /** The generated files that differ; only computed for `--check`. */
  drifted(): Promise<readonly FileDrift[]>;
  /** Writes the files, and returns their names. */
  write(): Promise<readonly string[]>;
}

export interface FileDrift {
  /** Absolute. */
  readonly file: string;
  readonly exists: boolean;
  /** The missing lines, and those that should not be there. */
  readonly lines: readonly Missing[];
}

/** A line of `--check`, with its sign. */
export interface Missing {
  /** `?` marks a question that only the user can answer. */
  readonly sign: '+' | '-' | '?';
  readonly text: string;
}
