import type { PgTable } from 'drizzle-orm/pg-core';
import type { Rule } from '../../model/rule.ts';
import { ProblemError } from '../../report/problem.ts';
import { refuseWrongTable } from './rule-origin.ts';

/** Refuses names that Postgres reserves or truncates, and roles that every database has. */
export function refuseRoleName(name: string): void {
  const isName = typeof name === 'string' && /^[a-z_][a-z0-9_]{0,62}$/.test(name);
  if (isName && !/^(?:pg_.*|public|none|postgres|anon|authenticated|service_role)$/.test(name)) {
    return;
  }
  throw new ProblemError({
    code: 'access/role-name',
    message: `${JSON.stringify(name)} cannot be the name of an additional database role.`,
    fix: "use a name of lower-case letters, digits and underscores that no other system uses, for example 'gateway_backend'.",
  });
}

/** Refuses conditions that need a principal or another table. */
export function refuseRoleRule(table: PgTable, rule: Rule, place: string): void {
  refuseWrongTable(table, rule, place);
  const wrong = principalIn(rule);
  if (wrong === undefined) return;
  throw new ProblemError({
    code: 'access/role-rule',
    message: `${place}: ${wrong}`,
    fix: 'use anyone, or compare columns with values: eq, ne, inList, isNull, and, or, not.',
  });
}

function principalIn(rule: Rule): string | undefined {
  switch (rule?.op) {
    case 'role':
    case 'authenticated':
      return 'a database role has no principal, so no claims.';
    case 'compare':
      return 'claim' in rule.value ? 'a database role has no claims to compare with.' : undefined;
    case 'in':
      return 'claim' in rule.values ? 'a database role has no claims to compare with.' : undefined;
    case 'exists':
    case 'can':
      return 'a condition on another table is not supported.';
    case 'and':
    case 'or':
      return rule.rules.map(principalIn).find((found) => found !== undefined);
    case 'not':
      return principalIn(rule.rule);
    case 'anyone':
    case 'nobody':
    case 'null':
      return undefined;
    default:
      return 'it is not a rule.';
  }
}
