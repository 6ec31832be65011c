import type { TsType } from '../../model/ts-type.ts';

/** A Zero schema as data: what is printed, and what tests compare. */
export interface ZeroSchema {
  /** By name. */
  readonly tables: readonly ZeroTable[];
}

export interface ZeroTable {
  readonly name: string;
  /** Where it differs from the name: `app.notes`. */
  readonly serverName?: string;
  /** The name of the type of its rows. */
  readonly rowType: string;
  readonly doc?: string;
  /** In the order they are written. */
  readonly columns: readonly ZeroColumn[];
  readonly primaryKey: readonly string[];
  /** By name. */
  readonly relations: readonly ZeroRelation[];
}

export interface ZeroColumn {
  readonly name: string;
  readonly serverName?: string;
  readonly type: ZeroValueType;
  readonly optional: boolean;
  /** What its values are beyond their Zero type. */
  readonly custom?: CustomType;
}

/** The types that Zero's columns have. */
export type ZeroValueType = 'string' | 'number' | 'boolean' | 'json';

export type CustomType =
  /** TypeScript that needs no import: `'npm' | 'jsr'`. */
  | { readonly kind: 'plain'; readonly text: string }
  /** `ReadonlyJSONValue`, Zero's own word for any JSON. */
  | { readonly kind: 'json' }
  /** What `$type<T>()` gives. */
  | Extract<TsType, { kind: 'text' }>
  /** What only the table's own type knows. */
  | {
      readonly kind: 'inferred';
      /** The export of the table, and the file that exports it. */
      readonly table: string;
      readonly file: string;
      readonly column: string;
      readonly nullable: boolean;
    };

export interface ZeroRelation {
  readonly name: string;
  /** One, or two through a join table. */
  readonly hops: readonly [ZeroHop] | readonly [ZeroHop, ZeroHop];
}

export interface ZeroHop {
  readonly sourceField: readonly string[];
  readonly destField: readonly string[];
  readonly destSchema: string;
  readonly cardinality: 'one' | 'many';
}
