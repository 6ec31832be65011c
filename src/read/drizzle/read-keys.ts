import type { getTableConfig } from 'drizzle-orm/pg-core';
import type { PrimaryKey } from '../../model/primary-key.ts';
import type { Unique } from '../../model/unique.ts';
import { keptName, primaryKeyName, type DrizzleNames } from './drizzle-names.ts';

export type TableConfig = ReturnType<typeof getTableConfig>;

/** The primary key, whether declared on a column or on the table. */
export function readPrimaryKey(config: TableConfig, names: DrizzleNames): PrimaryKey | undefined {
  const [composite] = config.primaryKeys;
  if (composite) {
    return {
      ...keptName(names.renamed(composite.getName(), composite.columns)),
      columns: composite.columns.map(names.column),
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
      nullsNotDistinct: unique.nullsNotDistinct,
    })),
  ];
}
