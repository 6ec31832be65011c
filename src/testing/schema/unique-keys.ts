import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import { columnNamed, isWritten } from '../../rows/draw-row.ts';
import { columnsIn } from '../../rows/read-sql.ts';

/** A primary key, unique constraint or unique index. */
export interface UniqueKey {
  readonly name: string;
  readonly kind: 'primary key' | 'unique';
  /** The columns that it compares; a generated column or expression is replaced by the columns that it reads. */
  readonly columns: readonly Column[];
  readonly where?: string;
  readonly nullsNotDistinct: boolean;
}

/** The primary key, the unique constraints and the unique indexes of a table. */
export function uniqueKeysOf(table: Table): readonly UniqueKey[] {
  const { primaryKey, uniques, indexes } = table;
  const columnsOf = (names: readonly string[]): readonly Column[] => [
    ...new Set(
      names.flatMap((name) => {
        const column = columnNamed(table, name);
        if (!column) return [];
        return column.generatedSql === undefined ? [column] : columnsIn(column.generatedSql, table);
      }),
    ),
  ];
  return [
    ...(primaryKey
      ? [
          {
            name: primaryKey.name,
            kind: 'primary key' as const,
            columns: columnsOf(primaryKey.columns),
            nullsNotDistinct: false,
          },
        ]
      : []),
    ...uniques.map(({ name, columns, nullsNotDistinct }) => ({
      name,
      kind: 'unique' as const,
      columns: columnsOf(columns),
      nullsNotDistinct,
    })),
    ...indexes
      .filter(({ unique }) => unique)
      .map(({ name, columns, where, nullsNotDistinct }) => ({
        name,
        kind: 'unique' as const,
        columns: [
          ...new Set(
            columns.flatMap((each) =>
              'column' in each ? columnsOf([each.column]) : columnsIn(each.expression, table),
            ),
          ),
        ],
        ...(where !== undefined && { where }),
        nullsNotDistinct,
      })),
  ];
}

/** Whether no INSERT can set any of its columns. */
export const isUnwritable = ({ columns }: UniqueKey): boolean => !columns.some(isWritten);
