import type { ColumnType } from './column-type.ts';
import type { Constraint } from './constraint.ts';

/**
 * Constraints on the values of a synced column, in addition to its type in Zero. A client checks it
 * before it shows a row.
 */
export interface ColumnCheck {
  /** Absent if only `immutable` is to be checked. */
  readonly type?: ColumnType;
  readonly constraints?: readonly Constraint[];
  /** No update may change it. Mutators accept its old value, so that whole rows can be sent. */
  readonly immutable?: true;
}

/** The columns that no update changes, of the literal checks of one table. */
export type ImmutableNames<Checks> = {
  [Column in keyof Checks]: Checks[Column] extends { readonly immutable: true } ? Column : never;
}[keyof Checks];

/** The checks by the names of tables and columns in Zero. */
export type RowChecks = Readonly<Record<string, Readonly<Record<string, ColumnCheck>>>>;
