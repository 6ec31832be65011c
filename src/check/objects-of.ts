import type { Schema } from '../model/schema.ts';
import { qualifiedName } from '../model/table-id.ts';

/** The names of all objects that a finding can be about: `public.notes`, `public.notes.author_id`. */
export function objectsOf({ tables, views, policies }: Schema): ReadonlySet<string> {
  return new Set([
    ...views.map((view) => qualifiedName(view)),
    ...tables.flatMap((table) => {
      const { columns, primaryKey, uniques, foreignKeys, indexes, checks, exclusions } = table;
      const parts = [columns, uniques, foreignKeys, indexes, checks, exclusions].flat();
      const own = policies.filter((policy) => policy.table === table.id);
      const names = [...parts, ...own, ...(primaryKey ? [primaryKey] : [])].map(({ name }) => name);
      return [qualifiedName(table), ...names.map((name) => qualifiedName(table, name))];
    }),
  ]);
}
