/** A recorded property of a table. */
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
  /** It blocks drizzle-kit's migration, so it is dropped before that migration. */
  readonly goesFirst?: true;
  /**
   * drizzle-kit's migration cannot change the columns of this object while it exists. If
   * the object changes, it is dropped before that migration and created again after it.
   */
  readonly remadeAround?: true;
  /** A fingerprint of further inputs. If it changes, the object is created again. */
  readonly basis?: string;
  /**
   * The statement only prepares changes of these properties, and creates nothing permanent.
   * It runs if one of them changed or was removed and its table still exists.
   */
  readonly makesWayFor?: readonly Standing[];
  /**
   * The table or column that owns the object. If the owner is dropped, so is the object.
   */
  readonly on?: string;
}
