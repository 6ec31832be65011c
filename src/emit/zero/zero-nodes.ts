import type { TsType } from '../../model/ts-type.ts';
import type { ZeroValueType } from '../../model/zero-type.ts';

/** A Zero schema as data, for printing and for comparison in tests. */
export interface ZeroSchema {
  /** Sorted by name. */
  readonly tables: readonly ZeroTable[];
}

export interface ZeroTable {
  readonly name: string;
  /** Set if it differs from the name: `app.notes`. */
  readonly serverName?: string;
  /** The name of its row type. */
  readonly rowType: string;
  readonly doc?: string;
  /** In declaration order. */
  readonly columns: readonly ZeroColumn[];
  readonly primaryKey: readonly string[];
  /** Sorted by name. */
  readonly relations: readonly ZeroRelation[];
}

export interface ZeroColumn {
  readonly name: string;
  readonly serverName?: string;
  readonly type: ZeroValueType;
  readonly optional: boolean;
  /** The exact TypeScript type, if the Zero type is too general. */
  readonly custom?: CustomType;
}

export type CustomType =
  /** TypeScript that needs no import: `'npm' | 'jsr'`. */
  | { readonly kind: 'plain'; readonly text: string }
  /** `ReadonlyJSONValue`, Zero's type for any JSON. */
  | { readonly kind: 'json' }
  /** The type given by `$type<T>()`. */
  | Extract<TsType, { kind: 'text' }>
  /** A type that can only be inferred from the table. */
  | {
      readonly kind: 'inferred';
      /** The export name of the table, and the file that exports it. */
      readonly table: string;
      readonly file: string;
      readonly column: string;
      readonly nullable: boolean;
    };

export interface ZeroRelation {
  readonly name: string;
  /** One hop, or two through a join table. */
  readonly hops: readonly [ZeroHop] | readonly [ZeroHop, ZeroHop];
}

export interface ZeroHop {
  readonly sourceField: readonly string[];
  readonly destField: readonly string[];
  readonly destSchema: string;
  readonly cardinality: 'one' | 'many';
}
