/** An enum type. */
export interface Enum {
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  /** In the order of its definition, which is their sort order. */
  readonly values: readonly string[];
}
