import { ROLLUP_COLUMNS, type Rollup, type RollupPeriod } from '../../model/rollup.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { ruleToSql } from '../../rules/rule-to-sql.ts';

/** Every hour and day in UTC starts a whole number of them after this time. */
const ORIGIN = "timestamptz '2000-01-01 00:00:00+00'";

/** The start of the bucket of a time, as SQL. It is faster than date_trunc with a time zone. */
export const bucketSql = (every: RollupPeriod, time: string): string =>
  `date_bin(interval '1 ${every}', ${time}, ${ORIGIN})`;

/** The rows of the source in the bucket of `alias`, with the same keys, as a condition. */
function inBucket({ keys, at, every }: Rollup, alias: string): string {
  const time = quoteName('source', at);
  return [
    ...keys.map((key) => `${quoteName('source', key)} = ${quoteName(alias, key)}`),
    `${time} >= ${quoteName(alias, every)}`,
    `${time} < ${quoteName(alias, every)} + interval '1 ${every}'`,
  ].join(' and ');
}

/** One row with the columns of a rollup, computed from all rows in the bucket of `alias`. */
export function measureSql(rollup: Rollup, alias: string): string {
  const from = `from ${quoteTable(rollup.source)} as "source"\n      where ${inBucket(rollup, alias)}`;
  return rollup.events ? fromEvents(rollup, from) : fromRollup(rollup, from);
}

const { count, errorCount, sum, min, max, histogram } = ROLLUP_COLUMNS;

const named = (parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts)
    .map(([name, sql]) => `${sql} as ${quoteName(name)}`)
    .join(',\n      ');

const whole = (sql: string, type = 'integer'): string => `coalesce(${sql}, 0)::${type}`;

/** The parts between the bounds, numbered as by width_bucket. */
const partsOf = (bounds: readonly number[]): readonly number[] =>
  Array.from({ length: bounds.length + 1 }, (_, part) => part);

/** First by part of the bounds: a filter for each part would be evaluated for each event. */
function fromEvents({ events, bounds }: Rollup, from: string): string {
  if (!events) return '';
  const value = quoteName('source', events.value);
  const errors = ruleToSql(events.errors, {
    rules: { claims: {}, tables: {} },
    column: (name) => quoteName('source', name),
    claim: () => 'null',
  });
  const parts = partsOf(bounds).map((part) => whole(`sum("n") filter (where "part" = ${part})`));
  return `select ${named({
    [count]: whole('sum("n")'),
    [errorCount]: whole('sum("errors")'),
    [sum]: whole('sum("total")', 'bigint'),
    [min]: 'min("lowest")',
    [max]: 'max("highest")',
    [histogram]: `array[${parts.join(', ')}]`,
  })}
    from (
      select width_bucket(${value}, array[${bounds.join(', ')}]) as "part", count(*) as "n",
        count(*) filter (where ${errors}) as "errors", sum(${value}) as "total",
        min(${value})::integer as "lowest", max(${value})::integer as "highest"
      ${from}
      group by 1
    ) as "parts"`;
}

function fromRollup({ bounds }: Rollup, from: string): string {
  const column = (name: string): string => quoteName('source', name);
  // Arrays of Postgres start at 1.
  const parts = partsOf(bounds).map((part) => whole(`sum(${column(histogram)}[${part + 1}])`));
  return `select ${named({
    [count]: whole(`sum(${column(count)})`),
    [errorCount]: whole(`sum(${column(errorCount)})`),
    [sum]: whole(`sum(${column(sum)})`, 'bigint'),
    [min]: `min(${column(min)})`,
    [max]: `max(${column(max)})`,
    [histogram]: `array[${parts.join(', ')}]`,
  })}
      ${from}`;
}
