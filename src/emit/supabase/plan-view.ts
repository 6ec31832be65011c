import type { ColumnType } from '../../model/column-type.ts';
import { qualifiedName } from '../../model/table-id.ts';
import type { ViewColumn, ViewQuery } from '../../model/view-query.ts';
import type { View } from '../../model/view.ts';
import { placed } from '../../report/placed.ts';
import type { Finding } from '../../report/problem.ts';
import { byName } from './compare-names.ts';
import type { Field, RelationPlan } from './database-plan.ts';
import type { TableContext } from './plan-table.ts';
import { typeText, withNull } from './type-text.ts';
import type { ViewSources } from './view-sources.ts';

/** Additional inputs to plan a view. */
export interface ViewContext extends TableContext {
  readonly sources: ViewSources;
  /** The query; absent for a view that another tool creates. */
  readonly query: ViewQuery | undefined;
}

/** The rows of a view. Postgres does not know that a column of a view is NOT NULL. */
export function planView(
  view: View,
  { sources, query, enums, form, findings }: ViewContext,
): Omit<RelationPlan, 'relationships'> | undefined {
  const declared = new Map(view.columns?.map(({ name, type }) => [name, type]));
  const columns: readonly ViewColumn[] = query?.columns ?? view.columns ?? [];
  if (columns.length === 0) {
    findings.push(viewLeftOut(view));
    return undefined;
  }
  const typeOf = ({ name, type }: ViewColumn): ColumnType | undefined =>
    sources.tableColumn({ relation: view.id, column: name })?.column.type ??
    declared.get(name) ??
    type;
  const shown = byName(columns).filter(({ name }) => {
    const source = sources.tableColumn({ relation: view.id, column: name });
    return form === 'exact' || source?.column.serverOnly !== true;
  });
  const row = shown.map((column): Field => {
    const { name } = column;
    const type = typeOf(column);
    const { text, unknown } = type ? typeText(type, enums) : { text: 'unknown', unknown: name };
    if (unknown !== undefined) findings.push(columnUnknown(view, name));
    return { name, type: withNull(text, true), optional: false };
  });
  const isWritable = (name: string): boolean =>
    sources.isUpdatable({ relation: view.id, column: name });
  // Postgres refuses to insert into a view without an updatable column.
  if (!columns.some(({ name }) => isWritable(name))) return { name: view.name, row };
  const written = row.map(({ name, type }): Field => ({
    name,
    type: isWritable(name) ? type : 'never',
    optional: true,
  }));
  return { name: view.name, row, insert: written, update: written };
}

const viewLeftOut = (view: View): Finding => ({
  severity: 'warning',
  code: 'supabase/unknown-view',
  object: qualifiedName(view),
  places: placed(view.exportName, view.at),
  message: 'the columns of the view are unknown, so the types leave it out.',
  fix: `declare its columns in the second argument of ${view.materialized ? 'pgMaterializedView' : 'pgView'}.`,
});

const columnUnknown = (view: View, column: string): Finding => ({
  severity: 'warning',
  code: 'supabase/unknown-type',
  object: qualifiedName(view, column),
  places: placed(view.exportName, view.at),
  message:
    "only the database knows the type of the view's column, so its values are typed as unknown.",
  fix: 'cast the expression in SQL, for example sql`sum(n)::integer`.',
});
