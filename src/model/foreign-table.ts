/** A foreign table: its rows are in another server. */
export interface ForeignTable {
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  /** As of a table: roles that may SELECT from it, except its owner. */
  readonly readers?: readonly string[];
}
