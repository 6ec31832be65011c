import type { Column } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

/** The age at which a row expires: `30 days`, `1 year`. `0 days`: as soon as the time is past. */
export type RetentionAge = `${number} ${'hour' | 'day' | 'week' | 'month' | 'year'}${'' | 's'}`;

export interface RetainOptions {
  /**
   * Writes the rows to the archive of `garden maintain` before they are deleted. The SQL
   * function `daily_maintenance()` then keeps them.
   */
  readonly archive?: boolean;
  /** Limits that the owners of the rows set themselves. */
  readonly perOwner?: OwnerLimitInput;
}

/** The limits of owners, as columns of a table with one row for each owner. */
export interface OwnerLimitInput {
  /** The column of this table that names the owner. */
  readonly owner: AnyPgColumn;
  /** The unique column of the other table that equals `owner`. */
  readonly key: AnyPgColumn;
  /** The number of days. Without a row, or if it is NULL, the default age applies. */
  readonly days: AnyPgColumn;
  /** If it is false, all rows of the owner are kept. */
  readonly enabled?: AnyPgColumn;
}

/** A retention, as `retain()` was called. */
export interface RememberedRetention {
  readonly column: Column;
  readonly age: RetentionAge;
  readonly archive: boolean;
  readonly perOwner?: OwnerLimitInput;
}
