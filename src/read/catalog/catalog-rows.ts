/** The rows of the catalog query, as JSON. */
export interface CatalogRows {
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
  readonly policies: readonly PolicyRow[];
  readonly views: readonly ViewRow[];
  readonly enums: readonly EnumRow[];
  readonly sequences: readonly SequenceRow[];
  readonly extensions: readonly { readonly name: string; readonly schema: string }[];
  readonly roles: readonly RoleRow[];
  readonly functions: readonly FunctionRow[];
  readonly foreign_tables: readonly ForeignTableRow[];
  readonly published: readonly PublishedRow[];
}

interface TableRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly doc: string | null;
  /** Of a table that is partitioned by range of one column. */
  readonly partition_column: string | null;
  /** Null if no privilege was ever changed; the same in the rows below. */
  readonly readers: readonly string[] | null;
}

interface SequenceSettings {
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly start: string;
  readonly cache: string;
  readonly cycle: boolean;
}

export interface ColumnRow {
  /** The oid of its table; the same in the rows below. */
  readonly table: string;
  readonly name: string;
  readonly not_null: boolean;
  readonly type: string;
  readonly is_array: boolean;
  readonly base: string;
  readonly base_schema: string;
  readonly of_extension: boolean;
  readonly values: readonly string[] | null;
  readonly collation: string | null;
  readonly default: string | null;
  readonly expression: string | null;
  readonly generated: 's' | 'v' | null;
  readonly identity: 'a' | 'd' | null;
  readonly sequence: SequenceSettings | null;
  readonly doc: string | null;
}

/** The letters for foreign key actions in `pg_constraint`. */
type ActionLetter = 'a' | 'r' | 'c' | 'n' | 'd';

export interface ConstraintRow {
  readonly table: string;
  readonly name: string;
  readonly type: 'p' | 'u' | 'f' | 'c' | 'x';
  readonly columns: readonly string[];
  readonly foreign_schema: string | null;
  readonly foreign_table: string | null;
  readonly foreign_columns: readonly string[];
  readonly on_update: ActionLetter;
  readonly on_delete: ActionLetter;
  readonly on_delete_columns: readonly string[];
  readonly match_full: boolean;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly validated: boolean;
  readonly enforced: boolean;
  readonly expression: string | null;
  readonly definition: string | null;
  readonly nulls_not_distinct: boolean;
  readonly included: readonly string[];
}

export interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly nulls_not_distinct: boolean;
  readonly valid: boolean;
  readonly where: string | null;
  readonly options: readonly string[];
  readonly columns: readonly {
    readonly column: string | null;
    readonly expression: string | null;
    readonly opclass: string | null;
    readonly collation: string | null;
    readonly descending: boolean;
    readonly nulls_first: boolean;
  }[];
  readonly included: readonly string[];
}

interface PolicyRow {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly command: '*' | 'r' | 'a' | 'w' | 'd';
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly with_check: string | null;
}

interface ViewRow {
  readonly schema: string;
  readonly name: string;
  readonly materialized: boolean;
  readonly sql: string;
  readonly options: readonly string[];
  readonly readers: readonly string[] | null;
}

interface EnumRow {
  readonly schema: string;
  readonly name: string;
  readonly values: readonly string[];
}

interface SequenceRow extends SequenceSettings {
  readonly schema: string;
  readonly name: string;
  readonly type: 'smallint' | 'integer' | 'bigint';
}

interface RoleRow {
  readonly name: string;
  readonly create_db: boolean;
  readonly create_role: boolean;
  readonly inherit: boolean;
  readonly superuser: boolean;
  readonly bypass_rls: boolean;
  readonly replication: boolean;
  readonly login: boolean;
}

interface FunctionRow {
  readonly schema: string;
  readonly name: string;
  readonly args: string;
  readonly language: string;
  readonly definer: boolean;
  readonly stable: boolean;
  readonly settings: readonly string[];
  readonly body: string | null;
  readonly trigger: boolean;
  readonly callers: readonly string[];
}

interface ForeignTableRow {
  readonly schema: string;
  readonly name: string;
  readonly readers: readonly string[] | null;
}

interface PublishedRow {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}
