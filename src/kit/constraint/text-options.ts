/** Limits that text constraints share. */
export interface TextOptions {
  /** The most characters (code points, as Postgres counts them). */
  readonly max?: number;
  /** A name of your own for the CHECK. */
  readonly name?: string;
}
