import type { RowChecks } from '../../model/column-check.ts';
import { columnProblem, type ColumnProblem } from '../../model/values/column-problem.ts';

/** The checks of a table, by column. */
type Problems = Readonly<Record<string, ColumnProblem>>;

const built = new WeakMap<RowChecks[string], Problems>();

/** The checks of a table as functions, built once. */
export function problemsOf(checks: RowChecks[string]): Problems {
  const known = built.get(checks);
  if (known) return known;
  const problems = Object.fromEntries(
    Object.entries(checks).map(([column, check]) => [column, columnProblem(check)]),
  );
  built.set(checks, problems);
  return problems;
}
