/**
 * Type of a column, independent of Drizzle. The generator, the validators and the
 * checks read it. `as` is the JavaScript type that Drizzle maps the column to.
 */
export type ColumnType =
  | { readonly kind: 'uuid' }
  | {
      readonly kind: 'text';
      /** Present if it is not the database's default: `C`. */
      readonly collation?: string;
      readonly values?: readonly string[];
    }
  | { readonly kind: 'varchar'; readonly length?: number; readonly values?: readonly string[] }
  | { readonly kind: 'char'; readonly length: number; readonly values?: readonly string[] }
  | { readonly kind: 'integer'; readonly bits: 16 | 32 | 64; readonly as: 'number' | 'bigint' }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | {
      readonly kind: 'numeric';
      readonly precision?: number;
      readonly scale?: number;
      readonly as: 'string' | 'number' | 'bigint';
    }
  | { readonly kind: 'boolean' }
  | {
      readonly kind: 'timestamp';
      readonly withTimezone: boolean;
      readonly precision?: number;
      readonly as: 'date' | 'string';
    }
  | { readonly kind: 'date'; readonly as: 'date' | 'string' }
  | { readonly kind: 'json'; readonly binary: boolean }
  /** A Postgres enum type, its values in the order of its definition. */
  | {
      readonly kind: 'enum';
      readonly name: string;
      readonly schema?: string;
      readonly values: readonly string[];
    }
  | { readonly kind: 'array'; readonly of: ColumnType }
  | {
      readonly kind: 'other';
      readonly sql: string;
      /** A custom type's `fromDriver` converts the database value to the JavaScript value. */
      readonly mapped?: true;
    };
