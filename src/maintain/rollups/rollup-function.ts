import { sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { idOf } from '../../kit/access/rule-origin.ts';
import { quoteName } from '../../model/quote-sql.ts';
import { ROLLUP_SCHEMA } from '../../model/rollup.ts';

/** The name of a function that `garden generate` wrote for a rollup. */
export const rollupFunction = (kind: 'refresh' | 'mark_range', table: PgTable): SQL =>
  sql.raw(quoteName(ROLLUP_SCHEMA, `${kind}_${idOf(table)}`));
