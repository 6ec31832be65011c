/**
 * What a CHECK says, as data. The SQL and the validator are both made from it,
 * so they cannot disagree by a slip of the hand. As in SQL, a constraint says
 * nothing about NULL.
 */
export type Constraint =
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly pattern?: string; readonly max?: number }
  | { readonly kind: 'notBlank'; readonly max?: number }
  | { readonly kind: 'printable'; readonly max?: number }
  | { readonly kind: 'between'; readonly min?: number; readonly max?: number };

/** A constraint and the column that it is about, by its name in SQL. */
export type ColumnConstraint = Constraint & { readonly column: string };
