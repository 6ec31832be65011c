/** The operations of a table's service. */
export type ServiceOperation = 'get' | 'list' | 'create' | 'update' | 'remove';

/** A value that a table or an option does not accept. */
export interface ServiceIssue {
  /** The column, or the position in a batch and the column. Empty if the whole row is meant. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Why a service refused, as plain JSON. It names tables, columns and constraints, but no data. */
export type ServiceFailure =
  /** There is no such row, or the principal may not read it. */
  | { readonly code: 'not-found'; readonly table: string }
  /** The principal may not do it. */
  | {
      readonly code: 'denied';
      readonly table: string;
      readonly operation: ServiceOperation;
      /** Columns of the change that the table's rules declare immutable. */
      readonly immutable?: readonly string[];
    }
  /** Another row prevents it: a unique constraint, a foreign key or an exclusion. */
  | { readonly code: 'conflict'; readonly table: string; readonly constraint: string }
  /** The input is not valid, whatever other rows hold. */
  | { readonly code: 'invalid'; readonly table: string; readonly issues: readonly ServiceIssue[] };
