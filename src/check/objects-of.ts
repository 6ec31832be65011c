import { functionName } from '../model/database-function.ts';
import type { Schema } from '../model/schema.ts';
import { qualifiedName } from '../model/table-id.ts';

/** The names of all objects that a finding can be about: `public.notes`, `public.notes.author_id`. */
export function objectsOf(schema: Schema): ReadonlySet<string> {
  const { tables, views, policies, enums, sequences, functions = [], foreignTables = [] } = schema;
  const { roles, extensions, unlinkedPolicies = [], cutNames = [] } = schema;
  return new Set([
    ...[...views, ...enums, ...sequences, ...foreignTables].map((one) => qualifiedName(one)),
    ...functions.map(functionName),
    ...[...roles, ...extensions, ...unlinkedPolicies, ...cutNames].map(({ name }) => name),
    ...tables.flatMap((table) => {
      const { columns, primaryKey, uniques, foreignKeys, indexes, checks, exclusions } = table;
      const parts = [columns, uniques, foreignKeys, indexes, checks, exclusions].flat();
      const own = policies.filter((policy) => policy.table === table.id);
      const names = [...parts, ...own, ...(primaryKey ? [primaryKey] : [])].map(({ name }) => name);
      return [qualifiedName(table), ...names.map((name) => qualifiedName(table, name))];
    }),
  ]);
}
