/** The strongest lock that a statement holds on a table. */
export type TableLock = 'reads' | 'writes' | 'none';

const LOCKS: readonly TableLock[] = ['none', 'writes', 'reads'];

export const strongerLock = (a: TableLock, b: TableLock): TableLock =>
  LOCKS.indexOf(a) > LOCKS.indexOf(b) ? a : b;

export interface DroppedColumn {
  readonly name: string;
  readonly isGenerated: boolean;
  /** The column of this name that the table has at the end of the file. */
  readonly replacement?: { readonly isGenerated: boolean };
}

interface LostIndex {
  readonly name: string;
  /** The statement that creates it. */
  readonly create: string;
}

/** What a statement of a migration does to a table that existed before its file. */
export interface MeasuredTable {
  /** `public.notes` */
  readonly table: string;
  /** Whether it has partitions. What happens to them is counted here. */
  readonly isPartitioned: boolean;
  /** What the statement blocks for other sessions. If they cannot read, they cannot write either. */
  readonly blocks: TableLock;
  /** The same for the locks of earlier statements, which last until the end of the transaction. */
  readonly held: TableLock;
  /** Postgres writes the whole table anew. */
  readonly rewritten: boolean;
  /** Postgres reads all rows, to check a constraint. */
  readonly scanned: boolean;
  /** Indexes that Postgres builds. */
  readonly builtIndexes: readonly string[];
  readonly dropped: boolean;
  /** TRUNCATE, with the tables that CASCADE adds. */
  readonly truncated: boolean;
  /** The new name, if it was renamed. */
  readonly renamedTo?: string;
  readonly droppedColumns: readonly DroppedColumn[];
  /** Indexes that disappear with a column, although the file adds the column again. */
  readonly lostIndexes: readonly LostIndex[];
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
  /** Whether it runs in one transaction with other statements of its file. */
  readonly inTransaction: boolean;
  /** The enum value that it uses, and that the same transaction adds: `mood.calm`. */
  readonly unsafeEnumValue?: string;
  /** Whether a wait for a lock has a timeout. */
  readonly hasLockTimeout: boolean;
  /** Whether the migrator runs each file in a transaction, and sets a time limit for locks. */
  readonly migrator: 'drizzle' | 'unknown';
}
