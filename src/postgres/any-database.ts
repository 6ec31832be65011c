import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** A Drizzle database or transaction of any driver, with any schema. */
// Neither the driver's results nor the schema matter here, and Drizzle's types do not vary in them.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyDatabase = PgDatabase<PgQueryResultHKT, any, any>;
