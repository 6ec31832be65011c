import type { ColumnType } from './column-type.ts';

/** A table, without a word of Drizzle. */
export interface Table {
  readonly name: string;
  readonly schema?: string;
  /** What the comment above the table says. */
  readonly doc?: string;
  readonly columns: readonly Column[];
}

/** A column of a {@link Table}. */
export interface Column {
  /** The name in SQL. */
  readonly name: string;
  /** The name in TypeScript. */
  readonly key: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /** No client may see it: absent from the Zero schema and the publication. */
  readonly serverOnly: boolean;
  /** Holds the time of the last change; a trigger backs the client up. */
  readonly touched: boolean;
  /** What the comment above the column says. */
  readonly doc?: string;
}
