/**
 * A CHECK condition as data. The SQL and the validator are both generated from it, so
 * they agree. As in SQL, NULL satisfies every constraint.
 */
export type Constraint =
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly pattern?: string; readonly max?: number }
  | { readonly kind: 'notBlank'; readonly max?: number }
  | { readonly kind: 'printable'; readonly max?: number }
  | { readonly kind: 'between'; readonly min?: number; readonly max?: number }
  /** A text array of one dimension: its elements are neither NULL nor blank. */
  | { readonly kind: 'textItems'; readonly maxItems: number; readonly maxLength: number }
  | ({ readonly kind: 'json' } & JsonBounds);

/** Limits of a `jsonb` value. */
export interface JsonBounds {
  /** Type of the top-level value; any type if absent. */
  readonly shape?: 'object' | 'array';
  /** UTF-8 bytes of the value's text in Postgres. */
  readonly maxBytes: number;
  /** Levels below the top-level value: `{ "a": [1] }` has 2. */
  readonly maxDepth: number;
}

/** A constraint with the SQL name of its column. */
export type ColumnConstraint = Constraint & { readonly column: string };
