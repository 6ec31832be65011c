import type { Schema } from '../../model/schema.ts';
import type { SqlFunction } from '../../model/sql-function.ts';
import { schemaOf, tableId } from '../../model/table-id.ts';
import type { ViewQuery } from '../../model/view-query.ts';
import type { Finding } from '../../report/problem.ts';
import { byName } from './compare-names.ts';
import type { DatabasePlan, RelationPlan, SupabaseForm } from './database-plan.ts';
import { planFunctions } from './plan-functions.ts';
import { planRelationships } from './plan-relationships.ts';
import { planTable } from './plan-table.ts';
import { planView } from './plan-view.ts';
import { viewSources } from './view-sources.ts';

export interface DatabaseOptions {
  /** `exact` is what Supabase generates; `client` omits server-only columns. */
  readonly form: SupabaseForm;
  /** The queries of the views, by their ids. */
  readonly queries?: ReadonlyMap<string, ViewQuery>;
  /** The functions of the companion SQL. */
  readonly functions?: readonly SqlFunction[];
}

/** Plans Supabase's `Database` type for a schema. */
export function planDatabase(
  schema: Schema,
  { form, queries = new Map(), functions = [] }: DatabaseOptions,
): DatabasePlan {
  const findings: Finding[] = [];
  const enums = new Map(schema.enums.map((one) => [tableId(one.schema, one.name), one]));
  const sources = viewSources(schema, queries);
  const context = { enums, form, findings };
  const tables = schema.tables.map((table) => ({ of: table, ...planTable(table, context) }));
  const views = schema.views.flatMap((view) => {
    const planned = planView(view, { ...context, sources, query: queries.get(view.id) });
    return planned ? [{ of: view, ...planned }] : [];
  });
  const relations = new Map([...tables, ...views].map(({ of, ...one }) => [of.id, one]));
  const shown = new Map(
    [...relations].map(([id, { row }]) => [id, new Set(row.map(({ name }) => name))]),
  );
  const isShown = (id: string, columns: readonly string[]): boolean =>
    columns.every((name) => shown.get(id)?.has(name));
  const relationships = Map.groupBy(
    planRelationships(schema.tables, schema.views, sources).filter(
      ({ from, to, relationship: { columns, referencedColumns } }) =>
        isShown(from, columns) && isShown(to, referencedColumns),
    ),
    ({ from }) => from,
  );
  const withRelationships = (
    planned: readonly (Omit<RelationPlan, 'relationships'> & { readonly of: Located })[],
    name: string,
  ): readonly RelationPlan[] =>
    within(planned, ({ of }) => of, name).map(({ of, ...relation }) => ({
      ...relation,
      relationships: (relationships.get(of.id) ?? []).map(({ relationship }) => relationship),
    }));
  const all = planFunctions(functions, { enums, relations, findings });
  const objects = [...schema.tables, ...schema.views, ...schema.enums];
  const names = [...new Set(['public', ...objects.map(schemaOf)])].map((name) => ({ name }));
  return {
    schemas: byName(names).map(({ name }) => ({
      name,
      tables: withRelationships(tables, name),
      views: withRelationships(views, name),
      functions: all.filter((one) => one.schema === name),
      enums: within(schema.enums, (one) => one, name),
    })),
    findings,
  };
}

interface Located {
  readonly id: string;
  readonly schema?: string;
}

const within = <T extends { readonly name: string }>(
  items: readonly T[],
  placeOf: (item: T) => { readonly schema?: string },
  name: string,
): readonly T[] => byName(items.filter((item) => schemaOf(placeOf(item)) === name));
