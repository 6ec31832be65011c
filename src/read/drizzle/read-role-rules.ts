import { markOf } from '../../kit/mark.ts';
import { aboutTable } from '../../model/about.ts';
import type { RoleRules } from '../../model/role-rules.ts';
import { ProblemError } from '../../report/problem.ts';
import type { ReadTable } from './refuse-twins.ts';

/** The rules of further database roles, sorted by table and role. */
export function readRoleRules(tables: readonly ReadTable[]): readonly RoleRules[] {
  return tables.flatMap(({ value, table }) => {
    const rules = markOf(value, 'roleRules') ?? [];
    const app = markOf(value, 'access')?.definition.roles ?? [];
    for (const { role, operations } of rules) {
      const fail = (code: string, message: string, fix: string): ProblemError =>
        new ProblemError({ code, message, ...aboutTable(table), fix });
      if (app.includes(role)) {
        throw fail(
          'access/role-name',
          `${role} is the role of the access rules, and cannot have rules of its own.`,
          'express them with access(), or use another role.',
        );
      }
      if (!table.rowSecurity.enabled) {
        throw fail(
          'access/no-enable-rls',
          `the table ${table.exportName} has rules for ${role}, but row-level security is not enabled.`,
          'add .enableRLS() after pgTable(…).',
        );
      }
      if (table.appendOnly && (operations.update ?? operations.delete)) {
        throw fail(
          'schema/append-only',
          `the table ${table.exportName} is append-only, but ${role} may change its rows.`,
          'remove the rules update and delete.',
        );
      }
      if (operations.update && operations.update.columns.length === 0) {
        throw fail(
          'access/role-rule',
          `${role} may update no column of ${table.exportName}.`,
          'name the columns, or remove the rule update.',
        );
      }
    }
    return rules.toSorted((a, b) => (a.role < b.role ? -1 : 1));
  });
}
