import { getTableColumns } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RoleCommand, RoleOperation } from '../../model/role-rules.ts';
import type { Rule } from '../../model/rule.ts';
import { realColumn } from '../column.ts';
import { markOf, markTable } from '../mark.ts';
import { refuseNoColumns, refuseUnknown } from './refuse-misuse.ts';
import { refuseRoleName, refuseRoleRule } from './refuse-role.ts';
import { idOf, wrongTable } from './rule-origin.ts';

/** The rows of an operation, and its columns. */
export interface RoleRows {
  readonly rows: Rule;
  readonly columns: readonly AnyPgColumn[];
}

/** The role's rules for one table. An operation without a rule is denied. */
export interface DatabaseRoleInput {
  /** Without `columns`: all columns that are not server-only. */
  readonly read?: Rule | RoleRows;
  /** Checked on the new row. Without `columns`: all columns that are not server-only. */
  readonly insert?: Rule | RoleRows;
  /** Checked on the old and the new row. Only these columns may change. */
  readonly update?: RoleRows;
  readonly delete?: Rule;
}

/** Sets the role's rules for a table, in the table's third argument. */
export type DatabaseRole = (
  columns: Readonly<Record<string, AnyPgColumn>>,
  input: DatabaseRoleInput,
) => never[];

/**
 * An additional database role with its own rules: a backend, a worker, a reporting tool.
 * `garden generate` writes the role, its column grants and its policies. The role does not
 * bypass row-level security and may not change the schema. Conditions compare columns with
 * values; they read no claims, because the role has no principal. Set a password or LOGIN
 * outside the migrations.
 *
 * @example
 * const backend = databaseRole('gateway_backend');
 * const servers = pgTable('servers', { id: id(), status: text('status').notNull() }, (t) => [
 *   ...backend(t, { read: anyone, update: { rows: ne(t.status, 'deleted'), columns: [t.status] } }),
 * ]).enableRLS();
 */
export function databaseRole(name: string): DatabaseRole {
  refuseRoleName(name);
  return (columns, input) => {
    const [first] = Object.values(columns);
    refuseNoColumns(first);
    if (!first) throw new TypeError('a database role needs a table with columns');
    const table = first.table as PgTable;
    const place = `the rules of ${name} on ${idOf(table)}`;
    refuseUnknown(input, ['read', 'insert', 'update', 'delete'], place);
    const others = (markOf(table, 'roleRules') ?? []).filter(({ role }) => role !== name);
    const operations = Object.fromEntries(
      Object.entries(input).flatMap(([operation, given]: [string, Rule | RoleRows | undefined]) =>
        given === undefined
          ? []
          : [[COMMANDS[operation as keyof typeof COMMANDS], operationOf(table, given, place)]],
      ),
    );
    markTable(table, 'roleRules', [...others, { role: name, table: idOf(table), operations }]);
    return [];
  };
}

const COMMANDS = {
  read: 'select',
  insert: 'insert',
  update: 'update',
  delete: 'delete',
} as const satisfies Record<keyof DatabaseRoleInput, RoleCommand>;

function operationOf(table: PgTable, given: Rule | RoleRows, place: string): RoleOperation {
  const { rows, columns } =
    'rows' in given && !('op' in given) ? given : { rows: given as Rule, columns: undefined };
  refuseRoleRule(table, rows, place);
  const stranger = columns?.find((column) => column.table !== table);
  if (stranger) throw wrongTable(stranger.table, table, place);
  const readable = Object.values(getTableColumns(table)).filter(
    (column) => !markOf(column, 'serverOnly'),
  );
  return { rows, columns: (columns ?? readable).map((column) => realColumn(column).name) };
}
