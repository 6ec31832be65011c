import type { InferInsertModel, InferSelectModel } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Update } from '../kit/index.ts';
import type { Page } from '../postgres/queries/paged-query.ts';

/** A row. Server-only columns are absent unless `columns` names them. */
type Row<T extends PgTable> = InferSelectModel<T>;

type Columns<T extends PgTable> = T['_']['columns'];
type ColumnName<T extends PgTable> = keyof Row<T> & string;

type KeyName<T extends PgTable> = {
  [Column in keyof Columns<T>]: Columns<T>[Column]['_']['isPrimaryKey'] extends true
    ? Column
    : never;
}[keyof Columns<T>] &
  keyof Row<T>;

/**
 * The primary key of a row: its value, or an object with the key's columns. Drizzle's types do
 * not know the columns of a composite key.
 */
export type Key<T extends PgTable> = [KeyName<T>] extends [never]
  ? Partial<Row<T>>
  : Row<T>[KeyName<T>] | Pick<Row<T>, KeyName<T>>;

type Comparable = string | number | bigint | boolean | Date;

/** Columns that a filter can compare: not JSON and not arrays. */
type ComparableName<T extends PgTable> = {
  [Column in ColumnName<T>]: NonNullable<Row<T>[Column]> extends Comparable ? Column : never;
}[ColumnName<T>];

/** Conditions on a column, all of which must hold. */
export interface Conditions<Value> {
  readonly ne?: Value | null;
  readonly lt?: Value;
  readonly lte?: Value;
  readonly gt?: Value;
  readonly gte?: Value;
  readonly in?: readonly Value[];
}

/** A filter: per column, the value that it equals, `null`, or conditions. */
export type Where<T extends PgTable> = {
  readonly [Column in ComparableName<T>]?:
    | Row<T>[Column]
    | Conditions<NonNullable<Row<T>[Column]>>
    | undefined;
};

/** The columns to return. */
export interface Selected<Column extends PropertyKey> {
  /** Default: all columns that are not server-only. An empty list returns nothing from a write. */
  readonly columns?: readonly Column[];
}

export interface ListOptions<
  T extends PgTable,
  Column extends PropertyKey = ColumnName<T>,
> extends Selected<Column> {
  readonly where?: Where<T>;
  /** The order, by column. The primary key follows, so that it is total. Default: the key. */
  readonly order?: { readonly [Name in ComparableName<T>]?: 'asc' | 'desc' };
  /** Rows of a page, 1 to 1,000. Default: 50. */
  readonly limit?: number;
  /** `next` of the page before, with the same other options. */
  readonly cursor?: string;
  /** Rows to skip, instead of a cursor. Every page reads all rows before it. */
  readonly offset?: number;
}

/** A new row; columns with a default of the services are optional. */
export type NewRow<T extends PgTable, Filled extends PropertyKey> = Omit<
  InferInsertModel<T>,
  Filled
> &
  Partial<Pick<InferInsertModel<T>, Filled & keyof InferInsertModel<T>>>;

/** The operations of one table. Each one runs in a transaction as the principal. */
export interface TableService<T extends PgTable, Filled extends PropertyKey = never> {
  get<C extends ColumnName<T> = ColumnName<T>>(
    key: Key<T>,
    options?: Selected<C>,
  ): Promise<Pick<Row<T>, C>>;
  /** The rows in the order of the keys. Throws `not-found` if one is missing. */
  getMany<C extends ColumnName<T> = ColumnName<T>>(
    keys: readonly Key<T>[],
    options?: Selected<C>,
  ): Promise<readonly Pick<Row<T>, C>[]>;
  list<C extends ColumnName<T> = ColumnName<T>>(
    options?: ListOptions<T, C>,
  ): Promise<Page<Pick<Row<T>, C>>>;
  create<C extends ColumnName<T> = ColumnName<T>>(
    row: NewRow<T, Filled>,
    options?: Selected<C>,
  ): Promise<Pick<Row<T>, C>>;
  /** All rows or none, in one statement per 65,000 values. */
  createMany<C extends ColumnName<T> = ColumnName<T>>(
    rows: readonly NewRow<T, Filled>[],
    options?: Selected<C>,
  ): Promise<readonly Pick<Row<T>, C>[]>;
  update<C extends ColumnName<T> = ColumnName<T>>(
    key: Key<T>,
    changes: Update<T>,
    options?: Selected<C>,
  ): Promise<Pick<Row<T>, C>>;
  /** All changes or none. Returns the rows in the order of the changes. */
  updateMany<C extends ColumnName<T> = ColumnName<T>>(
    changes: readonly { readonly key: Key<T>; readonly changes: Update<T> }[],
    options?: Selected<C>,
  ): Promise<readonly Pick<Row<T>, C>[]>;
  /** Deletes a row and returns it. */
  remove<C extends ColumnName<T> = ColumnName<T>>(
    key: Key<T>,
    options?: Selected<C>,
  ): Promise<Pick<Row<T>, C>>;
  /** Deletes all of the rows or none. */
  removeMany<C extends ColumnName<T> = ColumnName<T>>(
    keys: readonly Key<T>[],
    options?: Selected<C>,
  ): Promise<readonly Pick<Row<T>, C>[]>;
}
