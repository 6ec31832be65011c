import type { Rule } from './rule.ts';

/** The length of a bucket. Buckets start at full hours and days in UTC. */
export type RollupPeriod = 'hour' | 'day';

/** How a table is derived from another one. Columns are named as in SQL. */
export interface Rollup {
  /** The id of the table with the events, or of a finer rollup. */
  readonly source: string;
  readonly every: RollupPeriod;
  /** The time of a row of the source. */
  readonly at: string;
  /** Columns of both tables. */
  readonly keys: readonly string[];
  /** Absent if the source is a rollup, whose rows are added up. */
  readonly events?: RolledEvents;
  /** Bucket bounds of the histogram: see `rollup()` of the kit. */
  readonly bounds: readonly number[];
}

interface RolledEvents {
  /** The measured column of the source, an integer. */
  readonly value: string;
  /** Rows that count as errors. */
  readonly errors: Rule;
}

/** Names of the columns that every rollup has. The start of the bucket is named after its length. */
export const ROLLUP_COLUMNS = {
  count: 'count',
  errorCount: 'error_count',
  sum: 'sum',
  min: 'min',
  max: 'max',
  histogram: 'histogram',
} as const;

/** The schema of the marks and functions of all rollups. */
export const ROLLUP_SCHEMA = 'rollups';
