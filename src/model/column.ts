import type { ColumnType } from './column-type.ts';
import type { Place } from '../report/place.ts';
import type { SequenceOptions } from './sequence.ts';
import type { TsType } from './ts-type.ts';

/** A column of a table. */
export interface Column {
  /** The name in SQL, as the casing of the config makes it. */
  readonly name: string;
  /** The name in TypeScript; in a database, the name in SQL. */
  readonly key: string;
  /** The casing of the config made the name in SQL: nobody wrote it. */
  readonly renamed?: true;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /**
   * What fills the column when nobody does: the database (DEFAULT, serial,
   * identity), or Drizzle on the server (`$defaultFn`), which no client runs.
   */
  readonly default?: 'database' | 'drizzle';
  /** The DEFAULT as SQL; absent where a serial or an identity fills the column. */
  readonly defaultSql?: string;
  /** Computed by the database; nobody writes it. */
  readonly generated?: 'stored' | 'virtual' | 'identity';
  /** The expression of a stored or virtual generated column, as SQL. */
  readonly generatedSql?: string;
  /** An identity column; `always` refuses values of a client. */
  readonly identity?: Identity;
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

interface Identity extends SequenceOptions {
  readonly mode: 'always' | 'by default';
}
