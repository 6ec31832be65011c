import type { Table } from '../../model/table.ts';

/** A foreign key that refuses the deletion of a row that it refers to. */
export interface Reference {
  /** The id of the table with the key. */
  readonly table: string;
  readonly columns: readonly string[];
  /** The referenced columns, in the order of `columns`. */
  readonly targets: readonly string[];
}

/** The foreign keys that refuse the deletion of rows of a table. */
export const referencesTo = (table: Table, tables: readonly Table[]): readonly Reference[] =>
  tables.flatMap((other) =>
    other.foreignKeys
      .filter(
        ({ references, onDelete }) =>
          references.table === table.id && (onDelete === 'restrict' || onDelete === 'no action'),
      )
      .map(({ columns, references }) => ({
        table: other.id,
        columns,
        targets: references.columns,
      })),
  );
