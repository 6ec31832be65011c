/** A property of a table at the time it was recorded. */
interface Standing {
  /** The table, quoted. */
  readonly on: string;
  readonly what: string;
  readonly state: string;
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
  /** Must be dropped before drizzle-kit's migration, which it would block. */
  readonly goesFirst?: true;
  /**
   * Depends on columns that drizzle-kit's migration cannot change while it exists. On every
   * change, it is dropped before that migration and created again after it.
   */
  readonly remadeAround?: true;
  /** Other inputs: when they change, it is created again. */
  readonly basis?: string;
  /**
   * The objects that it makes way for. It creates nothing permanent: it only runs if one of
   * these has changed or was removed, on a table that still exists.
   */
  readonly makesWayFor?: readonly Standing[];
  /** The table or column that it belongs to. If that is dropped, nothing is left to drop. */
  readonly on?: string;
}
