import { quoteName } from '../../model/quote-sql.ts';

/** The rows of a batch, with the alias `r`. */
export interface BatchRows {
  /** The table whose rows are deleted, quoted. */
  readonly table: string;
  readonly from: string;
  readonly where: string;
}

/** How the batches advance through the table. */
export type BatchOrder =
  /** By an index on the time column: from the time at which the last batch ended. */
  | {
      readonly by: 'time';
      readonly column: string;
      readonly after: string;
      readonly until: string;
      readonly rows: number;
    }
  /** Without an index: by the blocks of the table. */
  | { readonly by: 'block'; readonly from: number; readonly to: number };

/**
 * Deletes one batch, and returns its rows as JSON (`line`) with their times (`at`), or only the
 * number of rows. A row that another transaction has locked is left for the next run. The rows
 * are found by their physical address, so that neither a key nor a second index scan is needed.
 */
export function deleteBatch(rows: BatchRows, order: BatchOrder, archive: boolean): string {
  const last = order.by === 'time' ? `max(${quoteName(order.column)})` : 'null';
  const result = archive
    ? `select to_json(gone)::text as line, (${order.by === 'time' ? `${last} over ()` : last})::text as at from gone`
    : `select count(*)::int as n, (${last})::text as at from gone`;
  return `with ${doomed(rows, order)}, gone as (
  delete from ${rows.table} d where d.ctid = any (array(select id from doomed)) returning d.*
) ${result}`;
}

/** Sets columns of one batch to NULL, and returns the number of rows. */
export const clearBatch = (
  rows: BatchRows,
  order: BatchOrder,
  columns: readonly string[],
): string => `with ${doomed(rows, order)}, cleared as (
  update ${rows.table} d set ${columns.map((column) => `${quoteName(column)} = null`).join(', ')}
  where d.ctid = any (array(select id from doomed)) returning 1
) select count(*)::int as n, null as at from cleared`;

function doomed({ from, where }: BatchRows, order: BatchOrder): string {
  const part =
    order.by === 'time'
      ? `r.${quoteName(order.column)} >= '${order.after}' and r.${quoteName(order.column)} < '${order.until}' and ${where} order by r.${quoteName(order.column)} limit ${order.rows}`
      : `r.ctid >= '(${order.from},0)' and r.ctid < '(${order.to},0)' and ${where}`;
  return `doomed as materialized (
  select r.ctid as id from ${from} where ${part} for update of r skip locked
)`;
}
