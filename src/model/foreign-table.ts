/** A foreign table: its rows are in another server. */
export interface ForeignTable {
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  /** The roles that may SELECT from it, except its owner, as for a table. */
  readonly readers?: readonly string[];
}
