import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** A Drizzle database or transaction of any driver, with any schema. */
// The result type and the schema do not matter here, and Drizzle's types are invariant in them.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyDatabase = PgDatabase<PgQueryResultHKT, any, any>;
