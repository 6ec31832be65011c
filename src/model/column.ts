import type { ColumnType } from './column-type.ts';
import type { Place } from '../report/place.ts';
import type { SequenceOptions } from './sequence.ts';
import type { TsType } from './ts-type.ts';

/** A column of a table. */
export interface Column {
  /** The name in SQL, after the casing of the config is applied. */
  readonly name: string;
  /** Its name in a SQL file, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** The name in TypeScript; in a database, the name in SQL. */
  readonly key: string;
  /** The casing of the config produced the name in SQL; it is not in the source. */
  readonly renamed?: true;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /**
   * Source of the value if an insert omits the column: the database (DEFAULT, serial,
   * identity), or Drizzle on the server (`$defaultFn`), which no client runs.
   */
  readonly default?: 'database' | 'drizzle';
  /** The DEFAULT as SQL; absent for a serial or identity column. */
  readonly defaultSql?: string;
  /** A DEFAULT that only plain SQL has. */
  readonly plainDefault?: PlainDefault;
  /** The default is an array in TypeScript, not SQL. */
  readonly defaultIsList?: true;
  /** Computed by the database and not writable. */
  readonly generated?: 'stored' | 'virtual' | 'identity';
  /** The expression of a stored or virtual generated column, as SQL. */
  readonly generatedSql?: string;
  /** An identity column; `always` refuses values from a client. */
  readonly identity?: Identity;
  /** No client may see the column: it is absent from the Zero schema and the publication. */
  readonly serverOnly: boolean;
  /**
   * Holds only ciphertexts, which are bound to this name: `public.keys.secret`. Absent in a
   * database.
   */
  readonly encrypted?: string;
  /** Holds the time of the last change; a trigger sets it if the client does not. */
  readonly touched: boolean;
  /** The type from `$type<T>()`; absent without `$type`. */
  readonly ts?: TsType;
  /** The doc comment above the column. */
  readonly doc?: string;
  /** Place of the column in the source. */
  readonly at?: Place;
}

/** A value, or an expression. */
export type PlainDefault = string | number | boolean | { readonly sql: string };

interface Identity extends SequenceOptions {
  readonly mode: 'always' | 'by default';
}
