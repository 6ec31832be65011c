import { sql, type SQL } from 'drizzle-orm';

/** Rows per page. Part of the SQL text, so that Postgres can plan for it. */
export const PAGE = 50;
export const pageSize: SQL = sql.raw(String(PAGE));

/** Less than every id. Starts an ascending list. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** Greater than every id. Starts a descending list. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
