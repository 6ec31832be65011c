import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { markOf } from '../../kit/mark.ts';
import type { TableSearch } from '../../model/row-search.ts';
import { idOf } from './read-foreign-keys.ts';

/** The searches of `rowSearch()` among the exports of a schema. */
export function readSearches(exports: Record<string, unknown>): readonly TableSearch[] {
  const tables = new Set(Object.values(exports).filter((value) => is(value, PgTable)));
  return [...tables].flatMap((table) =>
    (markOf(table, 'searches') ?? []).map((search) => ({ table: idOf(table), search })),
  );
}
