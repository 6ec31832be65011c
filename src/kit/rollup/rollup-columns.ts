import type { NotNull } from 'drizzle-orm';
import {
  bigint,
  integer,
  type PgArrayBuilder,
  type PgBigInt53BuilderInitial,
  type PgIntegerBuilderInitial,
} from 'drizzle-orm/pg-core';
import { ROLLUP_COLUMNS, type RollupPeriod } from '../../model/rollup.ts';
import { instant, type Instant } from '../time.ts';

/** What a bucket holds about its events. */
interface RollupMeasures {
  readonly count: NotNull<PgIntegerBuilderInitial<'count'>>;
  readonly errorCount: NotNull<PgIntegerBuilderInitial<'error_count'>>;
  /** Of the measured column; 0 without values. */
  readonly sum: NotNull<PgBigInt53BuilderInitial<'sum'>>;
  /** NULL without values. */
  readonly min: PgIntegerBuilderInitial<'min'>;
  /** NULL without values. */
  readonly max: PgIntegerBuilderInitial<'max'>;
  /** Number of values in each part of the bounds. */
  readonly histogram: NotNull<IntegerArray>;
}

type IntegerArray = PgArrayBuilder<
  {
    name: 'histogram';
    dataType: 'array';
    columnType: 'PgArray';
    data: number[];
    driverParam: string | (string | number)[];
    enumValues: undefined;
    size: undefined;
    baseBuilder: PgIntegerBuilderInitial<'histogram'>['_'];
  },
  PgIntegerBuilderInitial<'histogram'>['_']
>;

/** The columns of {@link rollupColumns}. */
export type RollupColumns<Every extends RollupPeriod> = RollupMeasures & {
  readonly [Name in Every]: NotNull<Instant<Name>>;
};

/**
 * The columns of a rollup: the start of the bucket, `hour` or `day`, and what it holds. Spread
 * them into the table, and `rollup(t, …)` into its third argument.
 *
 * @example
 * const hits = pgTable('hits', { id: id(), at: instant('at').notNull(), page: uuid('page').notNull(), ms: integer('ms').notNull() });
 * const hitHours = pgTable('hit_hours', { page: uuid('page').notNull(), ...rollupColumns('hour') }, (t) => [
 *   ...rollup(t, { of: hits, every: 'hour', keys: [t.page], at: hits.at, value: hits.ms, bounds: [10, 100, 1000] }),
 * ]);
 */
export function rollupColumns<Every extends RollupPeriod>(every: Every): RollupColumns<Every> {
  const { count, errorCount, sum, min, max, histogram } = ROLLUP_COLUMNS;
  return {
    [every]: instant(every).notNull(),
    count: integer(count).notNull(),
    errorCount: integer(errorCount).notNull(),
    sum: bigint(sum, { mode: 'number' }).notNull(),
    min: integer(min),
    max: integer(max),
    histogram: integer(histogram).array().notNull(),
    // A computed key loses its type.
  } as unknown as RollupColumns<Every>;
}
