import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import type { Finding } from '../../report/problem.ts';
import { placed, warning } from './finding.ts';
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
      at: tables.map(({ table, unsettled }) => places(table, unsettled)),
      fix:
        "settle it with zero.defaults, or for one table with zero.tables.NAME.defaults: 'required' leaves it so, 'optional' lets an insert leave them out, and null is read until the database's value arrives." +
        (columns.some((column) => column.default === 'drizzle')
          ? ' What only $defaultFn fills becomes optional by column: columns: { NAME: { defaults } }.'
          : ''),
    }),
  ];
}

/** A line for a table: `schema.ts:12  notes.id, state:14, createdAt:15`. */
function places(table: Table, [first, ...rest]: readonly Column[]): string {
  const at = first?.at ?? table.at;
  const others = rest.map(({ key, at: own }) =>
    own === undefined || (own.line === at?.line && own.file === at.file)
      ? key
      : `${key}:${own.file === at?.file ? '' : `${own.file}:`}${own.line}`,
  );
  return [placed(`${table.exportName}.${first?.key ?? ''}`, at), ...others].join(', ');
}
