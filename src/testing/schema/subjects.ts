import type { Column } from '../../model/column.ts';
import type { ForeignKey } from '../../model/foreign-key.ts';
import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import { isWritten } from '../../rows/draw-row.ts';

type Named = { readonly name: string };

/** Names of subjects in a report. */
export const subjects = {
  notNull: ({ id }: Table, { name }: Named): string => `not null ${id}.${name}`,
  nullable: ({ id }: Table, { name }: Named): string => `null ${id}.${name}`,
  check: ({ id }: Table, { name }: Named): string => `check ${id}.${name}`,
  key: ({ id }: Table, { name }: Named): string => `unique ${id}.${name}`,
  foreignKey: ({ id }: Table, { name }: Named): string => `foreign key ${id}.${name}`,
  onDelete: ({ id }: Table, { name, onDelete }: ForeignKey): string =>
    `on delete ${onDelete} ${id}.${name}`,
  onUpdate: ({ id }: Table, { name, onUpdate }: ForeignKey): string =>
    `on update ${onUpdate} ${id}.${name}`,
  touch: ({ id }: Table, { name }: Named): string => `touch trigger ${id}.${name}`,
  softDelete: ({ id }: Table): string => `soft delete ${id}`,
  appendOnly: ({ id }: Table): string => `append only ${id}`,
} as const;

/** All subjects of a schema that rows can test. */
export function subjectsOf({ tables }: Schema): readonly string[] {
  return tables.flatMap((table) => [
    ...table.columns
      .filter(isWritten)
      .map((column) =>
        isRequired(table, column)
          ? subjects.notNull(table, column)
          : subjects.nullable(table, column),
      ),
    ...table.checks.map((check) => subjects.check(table, check)),
    ...(table.primaryKey ? [subjects.key(table, table.primaryKey)] : []),
    ...table.uniques.map((unique) => subjects.key(table, unique)),
    ...table.indexes.filter(({ unique }) => unique).map((index) => subjects.key(table, index)),
    ...table.foreignKeys.flatMap((key) => [
      subjects.foreignKey(table, key),
      subjects.onDelete(table, key),
      subjects.onUpdate(table, key),
    ]),
    ...table.columns
      .filter(({ touched }) => touched)
      .map((column) => subjects.touch(table, column)),
    ...(softDeleteOf(table) ? [subjects.softDelete(table)] : []),
    ...(table.appendOnly ? [subjects.appendOnly(table)] : []),
  ]);
}

/** Columns of a primary key are always NOT NULL. */
export const isRequired = ({ primaryKey }: Table, { name, notNull }: Column): boolean =>
  notNull || (primaryKey?.columns.includes(name) ?? false);

/** The column of the deletion time that the kit's `softDelete()` creates. */
export function softDeleteOf({ columns }: Table): Column | undefined {
  return columns.find(
    ({ name, notNull, type }) => name === 'deleted_at' && !notNull && type.kind === 'timestamp',
  );
}
