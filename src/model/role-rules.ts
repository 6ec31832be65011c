import type { Rule } from './rule.ts';

/**
 * The rules for a table of a database role other than the application's. The conditions are
 * rules without claims, because such a role has no principal. Only Postgres enforces them:
 * neither Zero nor the guard runs as the role.
 */
export interface RoleRules {
  readonly role: string;
  /** The table's id. */
  readonly table: string;
  readonly operations: Readonly<Partial<Record<RoleCommand, RoleOperation>>>;
}

export type RoleCommand = 'select' | 'insert' | 'update' | 'delete';

/** The rows of an operation, and the columns that it may name; DELETE names none. */
export interface RoleOperation {
  readonly rows: Rule;
  /** By their names in SQL. */
  readonly columns: readonly string[];
}
