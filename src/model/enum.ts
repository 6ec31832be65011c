/** An enum type. */
export interface Enum {
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  /** The values in the order of the definition, which is their sort order. */
  readonly values: readonly string[];
}
