import { is } from 'drizzle-orm';
import { PgPolicy, PgRole, type PgPolicyToOption, type PgTable } from 'drizzle-orm/pg-core';
import type { Policy } from '../../model/policy.ts';
import type { UnlinkedPolicy } from '../../model/schema.ts';
import type { DrizzleNames } from './drizzle-names.ts';
import type { ExportedValue } from './exported-values.ts';
import { idOf } from './read-foreign-keys.ts';
import { keptName } from '../../model/kept-name.ts';

/** The policies in a table's definition. */
export function readPolicy(policy: PgPolicy, table: string, names: DrizzleNames): Policy {
  return {
    ...keptName(policy.name),
    ...names.hasParameters(policy.using, policy.withCheck),
    table,
    command: policy.for ?? 'all',
    permissive: policy.as !== 'restrictive',
    roles: rolesOf(policy.to),
    ...(policy.using && { using: names.sql(policy.using) }),
    ...(policy.withCheck && { withCheck: names.sql(policy.withCheck) }),
  };
}

/** Policies that are exported separately and linked to a table. */
export function readLinkedPolicies(
  exported: readonly unknown[],
  names: DrizzleNames,
): readonly Policy[] {
  return exported.flatMap((value) => {
    if (!is(value, PgPolicy)) return [];
    // Drizzle stores the table in a field that its types do not declare.
    const { _linkedTable: table } = value as unknown as { readonly _linkedTable?: PgTable };
    return table ? [readPolicy(value, idOf(table), names)] : [];
  });
}

/** Exported policies that are linked to no table and part of none. */
export function readUnlinkedPolicies(
  values: readonly ExportedValue[],
  policies: readonly Policy[],
): readonly UnlinkedPolicy[] {
  const known = new Set(policies.map(({ name }) => name));
  return values.flatMap(({ value, exportName, source }) => {
    if (!is(value, PgPolicy)) return [];
    const { name } = keptName(value.name);
    return known.has(name) ? [] : [{ name, exportName, ...(source.at && { at: source.at }) }];
  });
}

function rolesOf(to: PgPolicyToOption | undefined): readonly string[] {
  const roles = [to ?? 'public'].flat() as readonly (string | PgRole)[];
  return roles.map((role) => (is(role, PgRole) ? role.name : role)).toSorted();
}
