/** The strongest lock that a statement holds on a table. */
export type TableLock = 'reads' | 'writes' | 'none';

/** What a statement of a migration does to a table that existed before its file. */
export interface MeasuredTable {
  /** `public.notes` */
  readonly table: string;
  /** What others cannot do meanwhile. Who cannot read cannot write either. */
  readonly blocks: TableLock;
  /** Postgres writes the whole table anew. */
  readonly rewritten: boolean;
  /** Postgres reads all rows, to check a constraint. */
  readonly scanned: boolean;
  /** Indexes that Postgres builds. */
  readonly builtIndexes: readonly string[];
  readonly dropped: boolean;
  /** The new name, if it was renamed. */
  readonly renamedTo?: string;
  readonly droppedColumns: readonly string[];
  readonly renamedColumns: readonly { readonly from: string; readonly to: string }[];
  /** New columns that are NOT NULL and that nothing fills. */
  readonly requiredColumns: readonly string[];
}

/** A statement of a migration, as Postgres runs it. */
export interface MeasuredStatement {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly tables: readonly MeasuredTable[];
  /** Postgres refuses it in a transaction. */
  readonly refusesTransaction: boolean;
  /** Whether a wait for a lock ends by itself. */
  readonly hasLockTimeout: boolean;
  /** Whether the migrator runs each file in a transaction, and sets a time limit for locks. */
  readonly migrator: 'drizzle' | 'unknown';
}
