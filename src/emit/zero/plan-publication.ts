import type { Publication } from '../../model/publication.ts';
import { sqlType } from '../../model/sql-type.ts';
import { primaryKeyOf } from '../../model/table-keys.ts';
import { qualifiedName, schemaOf } from '../../model/table-id.ts';
import type { PlannedTable } from './plan-table.ts';

const NAME = 'zero_data';

/** Publishes exactly the tables and columns of the Zero schema. */
export function planPublication(
  tables: readonly PlannedTable[],
  name: string | false = NAME,
): Publication | undefined {
  if (name === false) return undefined;
  return {
    name,
    tables: tables
      .map(({ source, columns, key }) => {
        const primaryKey = primaryKeyOf(source);
        const primary = primaryKey.length > 0 && primaryKey.every((one) => columns.has(one));
        const identity = primary ? primaryKey : key;
        return {
          schema: schemaOf(source),
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
      .toSorted((a, b) => (qualifiedName(a) < qualifiedName(b) ? -1 : 1)),
  };
}
