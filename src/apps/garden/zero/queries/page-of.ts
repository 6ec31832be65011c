import type { PullRow, Query, Schema } from '@rocicorp/zero';
import type { schema } from '../zero-schema.gen.ts';
import { DEFAULT_LIMIT } from '../arguments.ts';

type Garden = typeof schema;

/** A page of a list. */
export interface Page {
  readonly after?: { readonly id: string; readonly value: string | number } | undefined;
  readonly limit?: number | undefined;
}

/**
 * A page of a list, sorted by a column and then by id. For the next page, pass the last row:
 * `after: { id: row.id, value: row[column] }`.
 */
export function pageOf<Table extends keyof Garden['tables'] & string, Return>(
  query: Query<Table, Garden, Return>,
  column: keyof Garden['tables'][Table]['columns'] & string,
  direction: 'asc' | 'desc',
  { after, limit = DEFAULT_LIMIT }: Page,
): Query<Table, Garden, Return> {
  // Zero types columns per table. This function works with any table of the schema, and all have an
  // id.
  const list = query as unknown as Query<string, Schema, Return>;
  const sorted = (column === 'id' ? list : list.orderBy(column, direction)).orderBy(
    'id',
    direction,
  );
  const start = { [column]: after?.value, id: after?.id } as Partial<PullRow<string, Schema>>;
  const rest = after ? sorted.start(start) : sorted;
  return rest.limit(limit) as unknown as Query<Table, Garden, Return>;
}
