/** One statement of a migration file, as drizzle-kit separates them. */
export interface Statement {
  readonly text: string;
  /** The line of the file on which the text begins, from 1. */
  readonly line: number;
}

/** One file of a migrations folder, with its journal entry. */
export interface Migration {
  readonly tag: string;
  /** The file's path. */
  readonly file: string;
  /** The journal's time; Drizzle keeps it as `created_at` and orders by it. */
  readonly when: number;
  /** The hash that Drizzle records: SHA-256 of the file's text. */
  readonly hash: string;
  /** The hashes that the same text has with other line endings. */
  readonly sameTextHashes: readonly string[];
  readonly statements: readonly Statement[];
}
