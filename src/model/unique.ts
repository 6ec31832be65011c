import type { Deferrable } from './deferrable.ts';

/** A unique constraint. A unique index is a `TableIndex`. */
export interface Unique {
  readonly name: string;
  /** Its name in the definitions, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** The columns, by their names in SQL, in the order of the constraint. */
  readonly columns: readonly string[];
  /** Those of the columns that belong to another table, which is an error. */
  readonly foreign?: readonly string[];
  /** Two NULLs count as equal. */
  readonly nullsNotDistinct: boolean;
  /** INCLUDE columns: stored in the index, but not compared. */
  readonly included?: readonly string[];
  readonly deferrable?: Deferrable;
}
