/** A part of a table, as the record knows it. */
interface TablePart {
  /** The table, quoted. */
  readonly table: string;
  /** The column, or empty for the primary key. */
  readonly part: string;
  /** The column's type, or the columns of the key. */
  readonly definition: string;
}

/**
 * A database object that drizzle-kit does not support: a function, a trigger, a comment.
 * One repeatable statement creates it. It is recorded under its key, so that changes and
 * removals are detected.
 */
export interface CompanionObject {
  /** Unique and stable: `trigger public.packages touch_updated_at`. */
  readonly key: string;
  /** Creates or replaces it. */
  readonly create: string;
  /** Drops it; omitted if it is dropped together with its table. */
  readonly drop: string;
  /**
   * Postgres refuses to change the columns that the object uses while it exists. So it is
   * dropped before drizzle-kit's migration when it is removed, or also when it changes; a
   * changed object is created again after that migration.
   */
  readonly dropFirst?: 'when removed' | 'when changed';
  /** A fingerprint of further inputs. If it changes, the object is created again. */
  readonly inputs?: string;
  /**
   * The statement prepares the migration for changes of these parts and creates nothing
   * permanent. It runs if one of them changed or was removed and its table still exists.
   */
  readonly runsOnChangeOf?: readonly TablePart[];
  /**
   * The table or column that owns the object. If the owner is dropped, so is the object.
   */
  readonly on?: string;
}
