import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { ProblemError } from '../report/problem.ts';
import { placeOf, realColumn } from './column.ts';
import { markOf, markTable } from './mark.ts';
import { objectOf } from './object-of.ts';
import type { RememberedRetention, RetainOptions, RetentionAge } from './remembered-retention.ts';

/**
 * Declares how long the table keeps its rows: `garden maintain cleanup` deletes those whose
 * time is older, in small batches. Rows without a time are kept. Several retentions of a table
 * apply independently. Of a partitioned table, whole partitions are dropped.
 *
 * The returned array is always empty, because drizzle-kit has nothing to write.
 *
 * @example
 * import { boolean } from 'drizzle-orm/pg-core';
 *
 * const preferences = pgTable('preferences', {
 *   userId: uuid('user_id').primaryKey(),
 *   maxHistoryDays: integer('max_history_days'),
 *   autoCleanup: boolean('auto_cleanup').notNull(),
 * });
 * const history = pgTable(
 *   'history',
 *   { id: id(), userId: uuid('user_id').notNull(), createdAt: createdAt() },
 *   (t) => [
 *     ...retain(t.createdAt, '30 days', {
 *       perOwner: {
 *         owner: t.userId,
 *         key: preferences.userId,
 *         days: preferences.maxHistoryDays,
 *         enabled: preferences.autoCleanup,
 *       },
 *     }),
 *   ],
 * );
 */
export function retain(
  column: AnyPgColumn,
  age: RetentionAge,
  { archive = false, perOwner }: RetainOptions = {},
): never[] {
  refuseAge(column, age);
  const own = realColumn(column);
  const others = (markOf(own.table, 'retentions') ?? []).filter(
    (other) => other.column.name !== own.name,
  );
  const retention: RememberedRetention = {
    column: own,
    age,
    archive,
    ...(perOwner && {
      perOwner: { ...perOwner, owner: realColumn(perOwner.owner) as AnyPgColumn },
    }),
  };
  markTable(own.table, 'retentions', [...others, retention]);
  return [];
}

const AGE = /^\d{1,5} (?:hour|day|week|month|year)s?$/;

function refuseAge(column: AnyPgColumn, age: string): void {
  if (AGE.test(age)) return;
  throw new ProblemError({
    code: 'kit/retain',
    message: `the retention of ${placeOf(column)} is ${JSON.stringify(age)}, which is not an age.`,
    object: objectOf(column),
    fix: "write a number and a unit: '12 hours', '30 days', '2 weeks', '6 months' or '1 year'.",
  });
}
