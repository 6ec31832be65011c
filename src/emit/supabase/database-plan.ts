import type { Finding } from '../../report/problem.ts';

/** Which columns the types have: all, or those that clients may see. */
export type SupabaseForm = 'exact' | 'client';

/** The content of the `Database` type, ready to print. */
export interface DatabasePlan {
  /** Sorted by name. */
  readonly schemas: readonly SchemaPlan[];
  readonly findings: readonly Finding[];
}

export interface SchemaPlan {
  readonly name: string;
  readonly tables: readonly RelationPlan[];
  readonly views: readonly RelationPlan[];
  readonly functions: readonly FunctionPlan[];
  readonly enums: readonly EnumPlan[];
}

/** A table or a view. */
export interface RelationPlan {
  readonly name: string;
  readonly row: readonly Field[];
  /** Absent for a view that Postgres cannot insert into or update. */
  readonly insert?: readonly Field[];
  readonly update?: readonly Field[];
  readonly relationships: readonly Relationship[];
}

/** A property of an object type. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

export interface Relationship {
  readonly foreignKeyName: string;
  readonly columns: readonly string[];
  readonly isOneToOne: boolean;
  readonly referencedRelation: string;
  readonly referencedColumns: readonly string[];
}

/** One signature of a function. */
export interface FunctionPlan {
  readonly name: string;
  readonly args: readonly Field[];
  readonly returns: string | readonly Field[];
  /** The function returns a list. */
  readonly many: boolean;
  /** Present if rows of a table or view are returned. */
  readonly rowsOf?: {
    readonly relation: string;
    readonly isSetof: boolean;
    readonly isOneToOne: boolean;
  };
}

export interface EnumPlan {
  readonly name: string;
  readonly values: readonly string[];
}
