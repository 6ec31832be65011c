/** One statement of a migration file, between drizzle-kit's breakpoints. */
export interface Statement {
  readonly text: string;
  /** The first line of the statement in the file, from 1. */
  readonly line: number;
}

/** One file of a migrations folder, with its journal entry. */
export interface Migration {
  readonly tag: string;
  /** The file's path. */
  readonly file: string;
  /** Time in the journal. Drizzle stores it as `created_at` and sorts by it. */
  readonly when: number;
  /** The hash that Drizzle records: SHA-256 of the file's text. */
  readonly hash: string;
  /** Hashes of the same text with other line endings. */
  readonly sameTextHashes: readonly string[];
  readonly statements: readonly Statement[];
}
