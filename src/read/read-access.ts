import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { RememberedAccess } from '../kit/access/define-access.ts';
import { markOf } from '../kit/mark.ts';
import type { AccessRules } from '../model/rule.ts';
import { ProblemError } from '../problem.ts';
import { refuseCycles, refuseWithoutRules } from './refuse-cycles.ts';

/** The rules of a schema, and what they are enforced with. */
export interface ReadAccess {
  readonly rules: AccessRules;
  readonly preset: 'postgres' | 'supabase';
  readonly roles: readonly string[];
}

/** The access rules among the exports of a schema; `undefined` where no table has any. */
export function readAccess(exports: Record<string, unknown>): ReadAccess | undefined {
  const remembered = Object.values(exports)
    .filter((value) => is(value, PgTable))
    .flatMap((table) => accessOf(table) ?? [])
    .sort((a, b) => (a.rules.table < b.rules.table ? -1 : 1));
  const [first] = remembered;
  if (!first) return undefined;
  const stranger = remembered.find(({ definition }) => definition !== first.definition);
  if (stranger) throw declaredTwice(first, stranger);
  const rules: AccessRules = {
    claims: first.definition.claims,
    tables: Object.fromEntries(remembered.map((one) => [one.rules.table, one.rules])),
  };
  refuseWithoutRules(rules);
  refuseCycles(rules);
  return {
    rules,
    preset: first.definition.preset,
    roles: first.definition.roles,
  };
}

/** A table's third argument runs when it is asked for, and leaves the rules then. */
function accessOf(table: PgTable): RememberedAccess | undefined {
  getTableConfig(table);
  return markOf(table, 'access');
}

function declaredTwice(one: RememberedAccess, other: RememberedAccess): ProblemError {
  return new ProblemError({
    code: 'access/declared-twice',
    message: `${one.rules.table} and ${other.rules.table} take access() from two calls of defineAccess().`,
    at: [one.rules.table, other.rules.table],
    fix: 'call defineAccess() once for the schema, and import access and claims from there.',
  });
}

/**
 * The access rules of a schema as data, for the guards. Takes what a schema file
 * exports: `import * as schema from './schema.ts'`.
 *
 * @example
 * const rules = accessRules({ notes });
 */
export function accessRules(exports: Record<string, unknown>): AccessRules {
  return readAccess(exports)?.rules ?? { claims: {}, tables: {} };
}
