import { aboutColumn } from '../../model/about.ts';
import type { Finding } from '../../report/problem.ts';
import { warning } from './finding.ts';
import type { TablePlan } from './plan-table.ts';

/** One finding for all of them: a schema from before Zero has such columns in every table. */
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
      message: `${what} that a client does not know: whoever inserts has to set ${columns.length === 1 ? 'it' : 'them'}.`,
      ...(columns.length === 1 && aboutColumn(first.table, columns[0]!)),
      places: tables.flatMap(({ table, unsettled }) =>
        unsettled.flatMap((column) => aboutColumn(table, column).places),
      ),
      fix:
        "settle it with zero.defaults, or for one table with zero.tables.NAME.defaults: 'required' leaves it so, 'optional' lets an insert leave them out, and null is read until the database's value arrives." +
        (columns.some((column) => column.default === 'drizzle')
          ? ' What only $defaultFn fills becomes optional by column: columns: { NAME: { defaults } }.'
          : ''),
    }),
  ];
}
