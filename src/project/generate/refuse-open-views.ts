import { aboutTable } from '../../model/about.ts';
import { isSecurityInvoker, type View } from '../../model/view.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import type { Access } from '../../model/access.ts';
import type { ParseSql } from '../../read/sql/open-parser.ts';
import { tablesNamed } from '../../read/sql/tables-named.ts';

/**
 * Refuses views that expose rows of tables with rules without applying the rules: those
 * that do not run with the rights of the caller.
 */
export function refuseOpenViews(
  views: readonly View[],
  access: Access | undefined,
  parse: ParseSql,
): void {
  if (!access) return;
  const sources = new Map(views.map((view) => [view.id, sourcesOf(view, parse)]));
  const guarded = (id: string, seen: readonly string[] = []): string | undefined => {
    if (access.rules.tables[id]) return id;
    if (seen.includes(id)) return undefined;
    return first(sources.get(id) ?? [], (source) => guarded(source, [...seen, id]));
  };
  const open = views
    .filter((view) => !view.materialized && !isSecurityInvoker(view))
    .flatMap((view): readonly Finding[] => {
      const table = guarded(view.id);
      return table === undefined ? [] : [openView(view, table)];
    });
  const [problem, ...others] = open;
  if (problem) throw new ProblemError(problem, { others });
}

function sourcesOf(view: View, parse: ParseSql): readonly string[] {
  if (view.sql === undefined) return [];
  const named = tablesNamed(view.sql, parse);
  if (named) return named;
  throw new ProblemError({
    code: 'schema/view-not-sql',
    message: `the query of the view ${view.exportName} is not valid SQL for Postgres 18.`,
    ...aboutTable(view),
    fix: 'correct the query.',
  });
}

function first<Found>(
  ids: readonly string[],
  find: (id: string) => Found | undefined,
): Found | undefined {
  for (const id of ids) {
    const found = find(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

const openView = (view: View, table: string): Finding => ({
  severity: 'error',
  code: 'access/open-view',
  message: `the view ${view.exportName} shows rows of ${table} without applying its access rules: a view runs with the rights of its owner.`,
  ...aboutTable(view),
  fix: `add .with({ securityInvoker: true }) to pgView('${view.name}').`,
});
