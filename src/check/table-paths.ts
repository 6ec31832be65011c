import type { IndexColumn } from '../model/table-index.ts';
import type { Table } from '../model/table.ts';

/** An index of a table, whether a constraint owns it or not. */
export interface TablePath {
  readonly name: string;
  readonly owner: 'primary key' | 'unique constraint' | 'index';
  readonly unique: boolean;
  readonly method: string;
  readonly columns: readonly IndexColumn[];
  readonly included: readonly string[];
  readonly where?: string;
  readonly nullsNotDistinct: boolean;
  readonly with: Readonly<Record<string, string>>;
  readonly deferrable: boolean;
}

/** All indexes of a table that queries can use. The indexes of constraints are first. */
export function tablePaths(table: Table): readonly TablePath[] {
  const { primaryKey, uniques, indexes } = table;
  const common = { method: 'btree', included: [], nullsNotDistinct: false, with: {} };
  return [
    ...(primaryKey === undefined
      ? []
      : [
          {
            ...common,
            name: primaryKey.name,
            owner: 'primary key' as const,
            unique: true,
            deferrable: false,
            columns: primaryKey.columns.map(ascending),
          },
        ]),
    ...uniques.map((unique) => ({
      ...common,
      name: unique.name,
      owner: 'unique constraint' as const,
      unique: true,
      nullsNotDistinct: unique.nullsNotDistinct,
      included: unique.included ?? [],
      deferrable: unique.deferrable !== undefined,
      columns: unique.columns.map(ascending),
    })),
    ...indexes
      .filter(({ invalid }) => invalid === undefined)
      .map((index) => ({ ...index, owner: 'index' as const, deferrable: false })),
  ];
}

/** The columns that an index sorts by, before the first expression. */
export function leadingColumns({ columns }: TablePath): readonly string[] {
  const end = columns.findIndex((each) => !('column' in each));
  return columns
    .slice(0, end === -1 ? columns.length : end)
    .flatMap((each) => ('column' in each ? [each.column] : []));
}

const ascending = (column: string): IndexColumn => ({ column, order: 'asc', nulls: 'last' });
