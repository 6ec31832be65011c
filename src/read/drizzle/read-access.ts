import { getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { RememberedAccess } from '../../kit/access/remembered-access.ts';
import { markOf } from '../../kit/mark.ts';
import type { AccessRules, TableRules } from '../../model/rule.ts';
import type { Table } from '../../model/table.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import { aboutRules } from './about-rules.ts';
import { readKey } from '../../kit/read-key.ts';
import { refuseCycles, refuseWithoutRules } from './refuse-cycles.ts';

/** The rules of a schema, and the settings to enforce them. */
export interface ReadAccess {
  readonly rules: AccessRules;
  readonly preset: 'postgres' | 'supabase';
  readonly roles: readonly string[];
  readonly warnings: readonly Finding[];
}

/**
 * The access rules among the exports of a schema; `undefined` if no table has any.
 *
 * @param tables the same tables in the model, with their places in the source.
 */
export function readAccess(
  exports: Record<string, unknown>,
  tables: readonly Table[] = [],
): ReadAccess | undefined {
  const exported = [...new Set(Object.values(exports).filter((value) => is(value, PgTable)))];
  const found = exported
    .flatMap((table) => {
      const remembered = accessOf(table, tables);
      return remembered ? [{ ...remembered, rules: withKey(table, remembered, tables) }] : [];
    })
    .sort((a, b) => (a.rules.table < b.rules.table ? -1 : 1));
  const [first] = found;
  if (!first) return undefined;
  const stranger = found.find(({ definition }) => definition !== first.definition);
  if (stranger) throw declaredTwice([first.rules, stranger.rules], tables);
  const rules: AccessRules = {
    claims: first.definition.claims,
    tables: Object.fromEntries(found.map((one) => [one.rules.table, one.rules])),
  };
  refuseWithoutRules(rules, tables);
  refuseCycles(rules, tables);
  return {
    rules,
    preset: first.definition.preset,
    roles: first.definition.roles,
    warnings: found.flatMap(({ rules: own, warnings }) =>
      warnings.map((warning) => ({ ...warning, ...aboutRules([own], tables) })),
    ),
  };
}

/** A table's third argument runs when the config is read, and stores the rules then. */
function accessOf(table: PgTable, tables: readonly Table[]): RememberedAccess | undefined {
  refuseOtherPolicies(table, tables);
  return markOf(table, 'access');
}

/**
 * Adds the key to the immutable columns, so that the row before and the row after an update
 * are the same row.
 */
function withKey(
  table: PgTable,
  { rules }: RememberedAccess,
  tables: readonly Table[],
): TableRules {
  const columns = getTableColumns(table);
  const key = readKey(table).flatMap((name) => columns[name]?.name ?? []);
  if (key.length === 0) {
    throw new ProblemError({
      code: 'access/no-key',
      message: `the table ${rules.table} has access rules, but no primary key.`,
      ...aboutRules([rules], tables),
      fix: 'add one, for example id: id(). The guard finds the row to check by its key.',
    });
  }
  const { table: id, ...others } = rules;
  return { table: id, key, ...others, immutable: [...new Set([...key, ...rules.immutable])] };
}

/** The other enforcers do not know policies that Postgres enforces in addition to the rules. */
function refuseOtherPolicies(table: PgTable, tables: readonly Table[]): void {
  const { name, policies, enableRLS } = getTableConfig(table);
  const remembered = markOf(table, 'access');
  if (!remembered) return;
  const about = aboutRules([remembered.rules], tables);
  const [other] = policies;
  if (other) {
    throw new ProblemError({
      code: 'access/other-policy',
      message: `the table ${name} has access rules and also the policy "${other.name}".`,
      ...about,
      fix: 'express the policy as a rule of access(), because Zero only enforces rules.',
    });
  }
  if (!enableRLS) {
    throw new ProblemError({
      code: 'access/no-enable-rls',
      message: `the table ${name} has access rules, but row-level security is not enabled: it would be open until its policies are created.`,
      ...about,
      fix: 'add .enableRLS() after pgTable(…).',
    });
  }
}

function declaredTwice(
  both: readonly [TableRules, TableRules],
  tables: readonly Table[],
): ProblemError {
  return new ProblemError({
    code: 'access/declared-twice',
    message: `${both[0].table} and ${both[1].table} use access() from two calls of defineAccess().`,
    ...aboutRules(both, tables),
    fix: 'call defineAccess() once for the schema, and import access and claims from there.',
  });
}

/**
 * The access rules of a schema as data, for the guards. Pass the exports of a schema file:
 * `import * as schema from './schema.ts'`.
 *
 * @example
 * const rules = accessRules({ notes });
 */
export function accessRules(exports: Record<string, unknown>): AccessRules {
  return readAccess(exports)?.rules ?? { claims: {}, tables: {} };
}
