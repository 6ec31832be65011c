/**
 * A CHECK condition as data. The SQL and the validator are both generated from it, so
 * they agree. As in SQL, NULL satisfies every constraint.
 */
export type Constraint =
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly pattern?: string; readonly max?: number }
  | { readonly kind: 'notBlank'; readonly max?: number }
  | { readonly kind: 'printable'; readonly max?: number }
  | { readonly kind: 'between'; readonly min?: number; readonly max?: number };

/** A constraint with the SQL name of its column. */
export type ColumnConstraint = Constraint & { readonly column: string };
