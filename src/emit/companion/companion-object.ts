/** Something of a table, as it was when it was recorded. */
interface Standing {
  /** The table, quoted. */
  readonly on: string;
  readonly what: string;
  readonly state: string;
}

/**
 * A thing in the database that drizzle-kit has no word for: a function, a
 * trigger, a comment. It is made by one statement that can be run again, and
 * recorded under its key, so that a change and a removal are both seen.
 */
export interface CompanionObject {
  /** Unique, and the same for the same thing: `trigger public.packages touch_updated_at`. */
  readonly key: string;
  /** Makes it, or makes it anew. */
  readonly create: string;
  /** Removes it where it stands; left out where it goes by itself with its table. */
  readonly drop: string;
  /** It stands in the way of drizzle-kit's migration, and goes before that. */
  readonly goesFirst?: true;
  /**
   * It stands on columns in a way that drizzle-kit's migration cannot change. It is
   * dropped before that migration and made again after it, whenever it changes.
   */
  readonly remadeAround?: true;
  /** What else it was made from: it is made anew when that changes. */
  readonly basis?: string;
  /**
   * What it makes way for. It makes nothing that lasts: it runs only where one of these has
   * changed or gone, on a table that still stands.
   */
  readonly makesWayFor?: readonly Standing[];
  /** The table or column that it stands on. When that goes, there is nothing left to drop. */
  readonly on?: string;
}
