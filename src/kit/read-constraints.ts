import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { ColumnConstraint } from './index.ts';
import { markOf } from './mark.ts';

/** The constraints of a table that the kit's helpers created, in declaration order. */
export function readConstraints(table: PgTable): readonly ColumnConstraint[] {
  return getTableConfig(table).checks.flatMap((check) => markOf(check.value, 'constraint') ?? []);
}
