import { quoteName, quoteTable, quoteText } from '../../model/quote-sql.ts';
import type { Retention } from '../../model/retention.ts';
import type { Reference } from './references-to.ts';

/** SQL for the expired rows of a table, which has the alias `r`. */
export interface ExpiredRows {
  readonly from: string;
  readonly where: string;
  /** No row whose time is at or after this is expired. */
  readonly until: string;
}

/**
 * The rows whose time is older than the age, or than the limit of their owner.
 *
 * @param table the table, quoted.
 * @param now the present time as SQL, the same for a whole run.
 */
export function expiredRows(
  table: string,
  { column, age, perOwner }: Retention,
  now: string,
): ExpiredRows {
  const time = `r.${quoteName(column)}`;
  const standard = `interval ${quoteText(age)}`;
  if (!perOwner) {
    const until = `${now} - ${standard}`;
    return { from: `${table} r`, where: `${time} < ${until}`, until };
  }
  const { owner, key, days, enabled } = perOwner;
  const limits = quoteTable(perOwner.table);
  // `greatest()` would read NULL, which means the default age, as 0.
  const own = (alias: string): string => {
    const column = `${alias}${quoteName(days)}`;
    return `make_interval(days => case when ${column} < 0 then 0 else ${column} end)`;
  };
  const isOn = (alias: string): string =>
    enabled === undefined ? 'true' : `${alias}${quoteName(enabled)} is not false`;
  return {
    from: `${table} r left join ${limits} p on p.${quoteName(key)} = r.${quoteName(owner)}`,
    where: `${isOn('p.')} and ${time} < ${now} - coalesce(${own('p.')}, ${standard})`,
    // The smallest limit that an owner has set may be shorter than the default age.
    until: `${now} - least(${standard}, (select min(${own('')}) from ${limits} where ${isOn('')}))`,
  };
}

/** The condition that no row with a foreign key that restricts deletions refers to `r`. */
export const unreferenced = (references: readonly Reference[]): string =>
  references
    .map(({ table, columns, targets }) => {
      const pairs = columns.map(
        (column, at) => `c.${quoteName(column)} = r.${quoteName(targets[at] ?? '')}`,
      );
      return ` and not exists (select from ${quoteTable(table)} c where ${pairs.join(' and ')})`;
    })
    .join('');
