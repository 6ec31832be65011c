import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RollupPeriod } from '../../model/rollup.ts';
import type { Rule } from '../../model/rule.ts';

interface CommonInput {
  /** The table that is rolled up. */
  readonly of: PgTable;
  readonly every: RollupPeriod;
  /**
   * Columns of the rollup that, with the time, are its primary key. The source has columns of
   * the same names and types. Rows of the source in which one is NULL are in no bucket.
   */
  readonly keys: readonly [AnyPgColumn, ...AnyPgColumn[]];
}

/** A rollup of events. */
export interface EventRollupInput extends CommonInput {
  /** The time of an event. */
  readonly at: AnyPgColumn;
  /** The measured column, for example milliseconds: `integer` or `smallint`. */
  readonly value: AnyPgColumn;
  /** Events that count as errors; none without it. It compares columns with values. */
  readonly errors?: Rule;
  /**
   * Ascending bounds of the histogram, n bounds for n + 1 numbers: values below the first bound,
   * values from each bound to below the next one, and values from the last bound on.
   */
  readonly bounds: readonly number[];
}

/** A rollup of a finer rollup: fewer keys, longer buckets, or both. */
export type CoarserRollupInput = CommonInput;
