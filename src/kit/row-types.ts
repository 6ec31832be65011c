import type { InferInsertModel, Table } from 'drizzle-orm';

/** The columns of a table's primary key, as Drizzle's types know them. */
type KeyOf<T extends Table> = {
  [Column in keyof T['_']['columns']]: T['_']['columns'][Column]['_']['isPrimaryKey'] extends true
    ? Column
    : never;
}[keyof T['_']['columns']];

/**
 * The columns of an update: any except the primary key. Drizzle ignores a column that
 * is `undefined`; Zod's output may contain such columns.
 *
 * @example
 * type LabelUpdate = Update<typeof labels>;
 */
export type Update<T extends Table> = {
  [Column in Exclude<keyof InferInsertModel<T>, KeyOf<T>>]?:
    | InferInsertModel<T>[Column]
    | undefined;
};
