import type { ColumnType } from './column-type.ts';
import type { Place } from './place.ts';
import type { TsType } from './ts-type.ts';

/** A table, without a word of Drizzle. */
export interface Table {
  readonly name: string;
  readonly schema?: string;
  /** The name that the table is exported by: `packages`. */
  readonly exportName: string;
  /** Absolute: a file that exports it by that name, if one does. */
  readonly file?: string;
  /** What the comment above the table says. */
  readonly doc?: string;
  /** Where the table is written. */
  readonly at?: Place;
  /** In the order they are written. */
  readonly columns: readonly Column[];
  /** The columns of the primary key, by their names in TypeScript; empty where there is none. */
  readonly primaryKey: readonly string[];
  /**
   * The columns of each unique constraint and of each unique index over plain
   * columns without a condition, by their names in TypeScript.
   */
  readonly uniques: readonly (readonly string[])[];
}

/** A column of a {@link Table}. */
export interface Column {
  /** The name in SQL, as the casing of the config makes it. */
  readonly name: string;
  /** The name in TypeScript. */
  readonly key: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /**
   * What fills the column when nobody does: the database (DEFAULT, serial,
   * identity), or Drizzle on the server (`$defaultFn`), which no client runs.
   */
  readonly default?: 'database' | 'drizzle';
  /** Computed by the database; nobody writes it. */
  readonly generated?: 'stored' | 'virtual' | 'identity';
  /** No client may see it: absent from the Zero schema and the publication. */
  readonly serverOnly: boolean;
  /** Holds the time of the last change; a trigger backs the client up. */
  readonly touched: boolean;
  /** The type that `$type<T>()` gives; absent where the column's own type says it all. */
  readonly ts?: TsType;
  /** What the comment above the column says. */
  readonly doc?: string;
  /** Where the column is written. */
  readonly at?: Place;
}
