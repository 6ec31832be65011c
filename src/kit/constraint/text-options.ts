/** Limits that text constraints share. */
export interface TextOptions {
  /** Maximum number of characters (code points, as Postgres counts them). */
  readonly max?: number;
  /** Name of the CHECK, instead of the default. */
  readonly name?: string;
}
