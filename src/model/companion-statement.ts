/** SQL for a database object that neither Drizzle nor the kit can express. */
export interface CompanionStatement {
  /** Unique and stable name of the object: `function queue.claim(text)`. */
  readonly key: string;
  /** Creates or replaces the object; must be repeatable. */
  readonly create: string;
  /** Drops the object. Omit it if nothing has to be dropped. */
  readonly drop?: string;
  /** The table that owns the object, quoted and with its schema. If the table is dropped, so is the object. */
  readonly on?: string;
}
