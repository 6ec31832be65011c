/**
 * What a column holds, without a word of Drizzle: the generator, the validators
 * and the checks read this. `as` is the JavaScript type that Drizzle maps it to.
 */
export type ColumnType =
  | { readonly kind: 'uuid' }
  | {
      readonly kind: 'text';
      /** Where it is not the database's own: `C`. */
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
  /** A Postgres enum type, its words in the order of its definition. */
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
      /** A custom type's `fromDriver` makes the JavaScript value of what the database holds. */
      readonly mapped?: true;
    };
