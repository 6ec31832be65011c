import type { getTableConfig, PgColumn } from 'drizzle-orm/pg-core';
import type { PrimaryKey } from '../../model/primary-key.ts';
import type { Unique } from '../../model/unique.ts';
import { keptName } from '../../model/kept-name.ts';
import { primaryKeyName, type DrizzleNames } from './drizzle-names.ts';

export type TableConfig = ReturnType<typeof getTableConfig>;

/** The primary key, whether declared on a column or on the table. */
export function readPrimaryKey(config: TableConfig, names: DrizzleNames): PrimaryKey | undefined {
  const [composite] = config.primaryKeys;
  if (composite) {
    return {
      ...keptName(names.renamed(composite.getName(), composite.columns)),
      columns: composite.columns.map(names.column),
      ...foreignColumns(composite.columns, config, names),
    };
  }
  const columns = config.columns.filter(({ primary }) => primary);
  if (columns.length === 0) return undefined;
  return { name: primaryKeyName(config.name), columns: columns.map(names.column) };
}

/** The unique constraints; unique indexes count as indexes. */
export function readUniques(config: TableConfig, names: DrizzleNames): readonly Unique[] {
  return [
    ...config.columns.flatMap((column): readonly Unique[] =>
      column.isUnique
        ? [
            {
              ...keptName(column.uniqueName ?? ''),
              columns: [names.column(column)],
              nullsNotDistinct: column.uniqueType === 'not distinct',
            },
          ]
        : [],
    ),
    ...config.uniqueConstraints.map((unique) => ({
      ...keptName(unique.getName() ?? ''),
      columns: unique.columns.map(names.column),
      ...foreignColumns(unique.columns, config, names),
      nullsNotDistinct: unique.nullsNotDistinct,
    })),
  ];
}

/** Drizzle accepts the columns of any table. */
function foreignColumns(
  columns: readonly PgColumn[],
  { columns: own }: TableConfig,
  names: DrizzleNames,
): { readonly foreign?: readonly string[] } {
  const ownNames = new Set(own.map(names.column));
  const foreign = columns
    .filter((column) => own.every((one) => one !== column))
    .map(names.column)
    .filter((name) => !ownNames.has(name));
  return foreign.length === 0 ? {} : { foreign };
}
