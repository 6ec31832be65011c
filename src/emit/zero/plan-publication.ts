import type { Publication } from '../../model/publication.ts';
import type { PlannedTable } from './plan-table.ts';
import { sqlType } from './sql-type.ts';

const NAME = 'zero_data';

/** Exactly what the Zero schema has. */
export function planPublication(
  tables: readonly PlannedTable[],
  name: string | false = NAME,
): Publication | undefined {
  if (name === false) return undefined;
  return {
    name,
    tables: tables
      .map(({ source, columns, key }) => {
        const primary =
          source.primaryKey.length > 0 && source.primaryKey.every((one) => columns.has(one));
        const identity = primary ? source.primaryKey : key;
        return {
          schema: source.schema ?? 'public',
          name: source.name,
          columns: source.columns
            .filter((column) => columns.has(column.key))
            .map((column) => ({ name: column.name, type: sqlType(column.type) })),
          key: source.columns
            .filter((column) => identity.includes(column.key))
            .map((column) => column.name),
          identifiedByUnique: !primary,
        };
      })
      .toSorted((a, b) => (`${a.schema}.${a.name}` < `${b.schema}.${b.name}` ? -1 : 1)),
  };
}
