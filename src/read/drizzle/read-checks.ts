import { markOf } from '../../kit/mark.ts';
import type { Check } from '../../model/check.ts';
import { keptName } from '../../model/kept-name.ts';
import type { DrizzleNames } from './drizzle-names.ts';
import type { TableConfig } from './read-keys.ts';

/** The checks of a table; those of the kit include their data. */
export function readChecks(
  { checks, columns }: TableConfig,
  names: DrizzleNames,
): readonly Check[] {
  return checks.map(({ name, value }) => {
    const constraint = markOf(value, 'constraint');
    const column = columns.find((one) => one.name === constraint?.column);
    return {
      ...keptName(name),
      ...names.hasParameters(value),
      sql: names.sql(value),
      ...(constraint && {
        constraint: { ...constraint, column: column ? names.column(column) : constraint.column },
      }),
    };
  });
}
