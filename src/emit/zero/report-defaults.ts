import { aboutColumn } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import { warning } from './finding.ts';
import type { TablePlan } from './plan-table.ts';

/**
 * One finding for all columns: a schema that was not written for Zero has such columns in
 * every table.
 */
export function reportDefaults(plans: readonly TablePlan[]): readonly Finding[] {
  const tables = plans.flatMap(({ table, unsettled }) =>
    table === undefined || unsettled.length === 0 ? [] : [{ table: table.source, unsettled }],
  );
  const columns = tables.flatMap(({ unsettled }) => unsettled);
  const [first] = tables;
  if (first === undefined) return [];
  const what =
    columns.length === 1
      ? `${first.table.exportName}.${columns[0]?.key} has a default`
      : `${columns.length} columns${tables.length === 1 ? '' : ` of ${tables.length} tables`} have defaults`;
  return [
    warning({
      code: 'zero/default',
      message: `${what} that clients do not know: every insert must set ${columns.length === 1 ? 'it' : 'them'}.`,
      ...(columns.length === 1 && aboutColumn(first.table, columns[0]!)),
      places: tables.flatMap(({ table, unsettled }) =>
        unsettled.flatMap((column) => aboutColumn(table, column).places),
      ),
      fix:
        "set zero.defaults, or zero.tables.NAME.defaults for one table: 'required' keeps this, 'optional' lets an insert omit them, and they read as null until the database's value arrives." +
        (columns.some((column) => column.default === 'drizzle')
          ? ' A column with only $defaultFn becomes optional by a column setting: columns: { NAME: { defaults } }.'
          : ''),
    }),
  ];
}
