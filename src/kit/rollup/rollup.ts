import type { Column } from 'drizzle-orm';
import {
  primaryKey,
  type AnyPgColumn,
  type PgTable,
  type PrimaryKeyBuilder,
} from 'drizzle-orm/pg-core';
import type { ROLLUP_COLUMNS, Rollup } from '../../model/rollup.ts';
import { nobody } from '../access/algebra.ts';
import { idOf } from '../access/rule-origin.ts';
import { markTable } from '../mark.ts';
import { refuseRollup } from './refuse-rollup.ts';
import type { CoarserRollupInput, EventRollupInput } from './rollup-input.ts';
import { rollupOf } from './rollup-of.ts';

/**
 * Derives a table from another one: number of rows, errors, sum, minimum, maximum and a
 * histogram of an integer column, by hour or day in UTC. `garden generate` writes triggers on the
 * source that mark changed buckets, and a function that computes the marked buckets again;
 * `updateRollups()` calls it. The result equals a computation from all rows, whatever order the
 * events arrive in.
 *
 * The source needs an index that starts with the keys and the time.
 *
 * @example
 * const hits = pgTable('hits', { id: id(), at: instant('at').notNull(), page: uuid('page').notNull(), ms: integer('ms').notNull(), status: integer('status').notNull() }, (t) => [
 *   indexOn(t.page, t.at),
 * ]);
 * const hitHours = pgTable('hit_hours', { page: uuid('page').notNull(), ...rollupColumns('hour') }, (t) => [
 *   ...rollup(t, { of: hits, every: 'hour', keys: [t.page], at: hits.at, value: hits.ms, errors: gte(hits.status, 500), bounds: [10, 100, 1000] }),
 * ]);
 * const hitDays = pgTable('hit_days', { page: uuid('page').notNull(), ...rollupColumns('day') }, (t) => [
 *   ...rollup(t, { of: hitHours, every: 'day', keys: [t.page] }),
 * ]);
 */
export function rollup(
  columns: Readonly<Record<keyof typeof ROLLUP_COLUMNS, AnyPgColumn>>,
  input: EventRollupInput | CoarserRollupInput,
): readonly PrimaryKeyBuilder[] {
  const table = columns.count.table as PgTable;
  refuseRollup(table, input);
  const { of, every, keys } = input;
  markTable(table, 'rollup', {
    source: idOf(of),
    every,
    keys: keys.map(nameOf),
    ...ofSource(input),
  });
  const time = (columns as Readonly<Record<string, AnyPgColumn>>)[every];
  // `refuseRollup()` has checked that the table has the column.
  return [primaryKey({ columns: [...keys, time] as never })];
}

function ofSource(
  input: EventRollupInput | CoarserRollupInput,
): Pick<Rollup, 'at' | 'events' | 'bounds'> {
  if ('at' in input) {
    const { at, value, errors = nobody, bounds } = input;
    return { at: nameOf(at), events: { value: nameOf(value), errors }, bounds };
  }
  const { every: at, bounds } = rollupOf(input.of) as Rollup;
  return { at, bounds };
}

const nameOf = ({ name }: Column): string => name;
