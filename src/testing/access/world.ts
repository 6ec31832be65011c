import type { AccessRules, Claims, Join, Scalar } from '../../model/rule.ts';

/** A value as rules compare it: a moment is milliseconds since 1970, a uuid in lower case. */
export type Value = string | number | boolean | null;

/** A row by the names of its columns in SQL; every column is there. */
export type Row = Readonly<Record<string, Value>>;

/** All rows of every table. */
export type Database = Readonly<Record<string, readonly Row[]>>;

/** A table as the comparison makes it: as rules know it, and which columns may be empty. */
export interface WorldTable {
  /** As in SQL: `packages`, or `billing.invoices` outside of public. */
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, WorldColumn>>;
}

export interface WorldColumn {
  readonly type: Scalar;
  readonly nullable: boolean;
  /** Of the type `enum`: its name, in public where the comparison makes it, and its labels. */
  readonly enum?: { readonly name: string; readonly labels: readonly string[] };
}

/** Two tables that may be joined, from the first one's side. */
export interface WorldJoin {
  readonly table: string;
  readonly other: string;
  readonly on: Join;
}

/** What a person asks for: rows of a table, perhaps only those with others, and others along with them. */
export interface Reading {
  readonly table: string;
  /** Only rows that have such rows. */
  readonly having?: Hop;
  /** Rows that come along. */
  readonly related?: readonly Hop[];
}

/** The same from a row of another table: ZQL's `whereExists` and `related`. */
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

/** A write with the rows that it is about: as they are, and as they would be. */
export type Attempt =
  | { readonly operation: 'insert'; readonly table: string; readonly after: Row }
  | {
      readonly operation: 'update';
      readonly table: string;
      readonly before: Row;
      readonly after: Row;
    }
  | { readonly operation: 'delete'; readonly table: string; readonly before: Row };

/** Rules, rows, and who asks for what: one plain value that can be kept as JSON. */
export interface World {
  readonly tables: readonly WorldTable[];
  readonly rules: AccessRules;
  readonly rows: Database;
  readonly principals: readonly Claims[];
  readonly readings: readonly Reading[];
  readonly writes: readonly Write[];
}

/** The columns of a row's key. */
export function keyOf(table: { readonly key: readonly string[] }, row: Row): Row {
  return Object.fromEntries(table.key.map((column) => [column, row[column] ?? null]));
}

/** A row's key as one word, by which rows are told apart. */
export function keyText(table: { readonly key: readonly string[] }, row: Row): string {
  return table.key.map((column) => String(row[column])).join('|');
}
