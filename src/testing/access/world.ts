import type { AccessRules, Claims, Join, Scalar } from '../../model/rule.ts';

/** A value as rules compare it. A moment is in milliseconds since 1970, a uuid in lower case. */
export type Value = string | number | boolean | null;

/** A row with all its columns, by their names in SQL. */
export type Row = Readonly<Record<string, Value>>;

/** All rows of every table. */
export type Database = Readonly<Record<string, readonly Row[]>>;

/** A table of a world: its key and columns as in the rules, and which columns are nullable. */
export interface WorldTable {
  /** The table's id: `packages`, or `billing.invoices` outside `public`. */
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, WorldColumn>>;
  /** Text columns that no principal may read or write. They are NULL in rows that do not name them. */
  readonly serverOnly?: readonly string[];
}

export interface WorldColumn {
  readonly type: Scalar;
  readonly nullable: boolean;
  /** For an `enum`: the name of the type (in `public` if the comparison creates it), and its labels. */
  readonly enum?: { readonly name: string; readonly labels: readonly string[] };
  /** The values of a column that rules can only test for NULL, and its type in Postgres. */
  readonly only?: readonly string[];
  readonly real?: string;
  /** The most characters of a text. */
  readonly longest?: number;
  /** The largest integer; the smallest is its negation. */
  readonly largest?: number;
  /** Moments are multiples of this number of milliseconds. */
  readonly step?: number;
}

/** A possible join of two tables, as a rule of the first table would write it. */
export interface WorldJoin {
  readonly table: string;
  readonly other: string;
  readonly on: Join;
}

/** A query of a principal: rows of a table, optionally filtered by and returned with related rows. */
export interface Reading {
  readonly table: string;
  /** Returns only rows that have such a related row. */
  readonly having?: Hop;
  /** Related rows to return. */
  readonly related?: readonly Hop[];
  /** Returns only rows that meet a condition. */
  readonly filter?: Filter;
  /** Returns a part of the rows, in the order of their keys. */
  readonly page?: Page;
}

/** A condition that a client writes into a query. */
export type Filter =
  | { readonly op: 'null' | 'not null'; readonly column: string }
  | { readonly op: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly op: 'exists' | 'not exists'; readonly table: string; readonly on: Join };

/** A part of the rows, in the order of their keys. */
export interface Page {
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  /** Returns only rows after this key. */
  readonly after?: Row;
}

/** A nested reading from a row of another table: ZQL's `whereExists` and `related`. */
export interface Hop extends Reading {
  readonly on: Join;
}

/** A change that a principal attempts. An update names only the columns that it sets. */
export type Write =
  | { readonly operation: 'insert'; readonly table: string; readonly row: Row }
  | {
      readonly operation: 'update';
      readonly table: string;
      readonly key: Row;
      readonly changes: Row;
    }
  | { readonly operation: 'delete'; readonly table: string; readonly key: Row };

/** A write with the old row and the new row. */
export type Attempt =
  | { readonly operation: 'insert'; readonly table: string; readonly after: Row }
  | {
      readonly operation: 'update';
      readonly table: string;
      readonly before: Row;
      readonly after: Row;
    }
  | { readonly operation: 'delete'; readonly table: string; readonly before: Row };

/** Rules, rows, principals, readings and writes: one plain value that can be stored as JSON. */
export interface World {
  readonly tables: readonly WorldTable[];
  readonly rules: AccessRules;
  readonly rows: Database;
  readonly principals: readonly Claims[];
  readonly readings: readonly Reading[];
  readonly writes: readonly Write[];
}

/** The principals and rows that rules are evaluated for. */
export interface Population {
  readonly principals: readonly Claims[];
  readonly rows: Database;
}

/** The columns of a row's key. */
export function keyOf(table: { readonly key: readonly string[] }, row: Row): Row {
  return Object.fromEntries(table.key.map((column) => [column, row[column] ?? null]));
}

/** A row's key as one text, which identifies the row. */
export function keyText(table: { readonly key: readonly string[] }, row: Row): string {
  return table.key.map((column) => String(row[column])).join('|');
}
