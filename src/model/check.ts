import type { ColumnConstraint } from './constraint.ts';

/** A CHECK constraint. */
export interface Check {
  readonly name: string;
  /** Its name in the definitions, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** Set if its SQL has parameters, which drizzle-kit writes as `$1`. */
  readonly hasParameters?: true;
  /** Its condition, as SQL. */
  readonly sql: string;
  /** The condition as data, if a helper of the kit created the check. */
  readonly constraint?: ColumnConstraint;
  /** NOT VALID: existing rows are not checked. */
  readonly notValid?: true;
  /** Postgres 18: NOT ENFORCED. */
  readonly notEnforced?: true;
}

/** An EXCLUDE constraint, as `pg_get_constraintdef` prints it. */
export interface Exclusion {
  readonly name: string;
  readonly sql: string;
}
