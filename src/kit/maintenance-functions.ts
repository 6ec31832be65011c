import { refuseRoleName } from './access/refuse-role.ts';

/** The SQL functions of maintenance, as an export of the schema. */
export interface MaintenanceFunctions {
  readonly kind: 'maintenance-functions';
  readonly role: string;
}

/**
 * SQL functions for an operator, who needs no privileges on the tables: `daily_maintenance()`,
 * `analyze_all_tables()`, `vacuum_all_tables()`, `get_database_stats()`, `health_check()`,
 * `integrity_check()` and `security_audit()`. They run as the owner of the migrations with a
 * fixed search_path, and only the role may call them. Export it from the schema: `garden
 * generate` and `garden sql` write the functions. Set a password or LOGIN outside the
 * migrations.
 *
 * @example
 * export const maintenance = maintenanceFunctions({ role: 'app_operator' });
 */
export function maintenanceFunctions({ role }: { readonly role: string }): MaintenanceFunctions {
  refuseRoleName(role);
  return Object.freeze({ kind: 'maintenance-functions', role });
}
