/** A thing in the database that neither Drizzle nor this kit has a word for. */
export interface CompanionStatement {
  /** Unique, and the same for the same thing: `function queue.claim(text)`. */
  readonly key: string;
  /** Makes it, or makes it anew: the statement may run again. */
  readonly create: string;
  /** Removes it where it stands; left out where nothing is to be done. */
  readonly drop?: string;
  /** The table that it stands on, quoted and with its schema. When that goes, there is nothing to drop. */
  readonly on?: string;
}
