import { createHash } from 'node:crypto';
import { and } from 'drizzle-orm';
import type { AnyDatabase } from '../postgres/any-database.ts';
import type { PageOrder } from '../postgres/queries/page-order.ts';
import { pagedQuery, type Page } from '../postgres/queries/paged-query.ts';
import { comparableColumn, filterRows } from './filter-rows.ts';
import { invalidAt, selected, type AnyRow } from './input.ts';
import { keyOf, type TableInfo } from './table-info.ts';

/** The options of `list`, before they are checked. */
export interface AnyListOptions {
  readonly columns?: readonly string[];
  readonly where?: unknown;
  readonly order?: Readonly<Record<string, 'asc' | 'desc' | undefined>>;
  readonly limit?: number;
  readonly cursor?: string;
  readonly offset?: number;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1000;

/** Checks the options, and returns the function that reads the page. */
export function listRows(
  info: TableInfo,
  options: AnyListOptions,
): (tx: AnyDatabase) => Promise<Page<AnyRow>> {
  const { limit = DEFAULT_LIMIT, cursor, offset } = options;
  checkRange(info, 'limit', limit, [1, MAX_LIMIT]);
  if (offset !== undefined) checkRange(info, 'offset', offset, [0, Number.MAX_SAFE_INTEGER]);
  if (cursor !== undefined && (typeof cursor !== 'string' || offset !== undefined)) {
    throw invalidAt(info, ['cursor'], 'must be a text, without an offset');
  }
  const fields = selected(info, options.columns);
  const order = orderOf(info, options.order);
  const { condition, shape } = filterRows(info, options.where);
  const names = Object.keys(fields);
  // The cursor needs the columns of the order.
  const all = { ...fields, ...selected(info, Object.keys(order)) };
  const form = JSON.stringify([names, shape, limit]);
  const pages = pagedQuery<{}, AnyRow>({
    name: `list_${info.name}_${createHash('sha256').update(form).digest('hex').slice(0, 12)}`,
    summary: `rows of ${info.name}`,
    size: limit,
    order,
    build: (db, after) => db.select(all).from(info.table).where(and(condition, after)),
  });
  return async (tx) => {
    const page =
      offset === undefined
        ? await pages(tx, {}, cursor)
        : { rows: (await pages.byOffset(tx, { offset })).slice(0, limit) };
    const only = (row: AnyRow): AnyRow =>
      Object.fromEntries(names.map((name) => [name, row[name]]));
    return { ...page, rows: page.rows.map(only) };
  };
}

/** The order that was asked for, and the key in the direction of its last column. */
function orderOf(info: TableInfo, wanted: AnyListOptions['order'] = {}): Record<string, PageOrder> {
  const order: Record<string, PageOrder> = {};
  let direction: 'asc' | 'desc' = 'asc';
  for (const [name, one] of Object.entries(wanted)) {
    if (one !== 'asc' && one !== 'desc') {
      throw invalidAt(info, ['order', name], "must be 'asc' or 'desc'");
    }
    direction = one;
    order[name] = { column: comparableColumn(info, name, 'order'), direction };
  }
  for (const name of keyOf(info)) {
    order[name] ??= { column: comparableColumn(info, name, 'order'), direction };
  }
  return order;
}

function checkRange(
  info: TableInfo,
  option: string,
  value: number,
  [least, most]: readonly [number, number],
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw invalidAt(info, [option], `must be a whole number from ${least} to ${most}`);
}
