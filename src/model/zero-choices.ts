/**
 * Options of the Zero schema: the `zero` part of garden.config.ts. Tables are named by
 * their exports, columns and relations by their keys in TypeScript. An unknown name is
 * an error, so that a rename in the schema cannot silently disable an option.
 *
 * @example
 * const zero: ZeroChoices = {
 *   tables: {
 *     auditLog: false,
 *     packages: { columns: { searchVector: false, downloads: true } },
 *     packageRequests: { defaults: 'optional' },
 *   },
 * };
 */
export interface ZeroChoices {
  /** Sync only these tables. Default: all tables. */
  readonly only?: readonly string[];
  /** Options of single tables; `false` excludes a table. */
  readonly tables?: Readonly<Record<string, false | TableChoices>>;
  /**
   * Options of single relations, by their source table. They apply before the relations
   * through join tables are derived.
   */
  readonly relations?: Readonly<Record<string, Readonly<Record<string, RelationChoice>>>>;
  /**
   * Suffix for every relation with the same name as a column: with `Relation`, `owner`
   * becomes `ownerRelation`. Without it, each such relation is an error.
   */
  readonly clashSuffix?: string;
  /**
   * Relations through join tables, by their source table. For a derived relation, a
   * string renames it and `false` excludes it. `false` also silences the warning about
   * a relation that may contain a pair twice. Any other name defines a new relation,
   * which replaces a derived relation over the same path.
   */
  readonly manyToMany?: Readonly<Record<string, Readonly<Record<string, ManyToMany>>>>;
  /** For columns with a database default: see {@link DefaultsChoice}. */
  readonly defaults?: DefaultsChoice;
  /** Name of the publication. Default: `zero_data`. `false` generates no publication. */
  readonly publication?: string | false;
}

type RelationChoice =
  /** Excluded. */
  | false
  /** New name. */
  | string
  /**
   * Chooses among several `relations()` with different definitions of the relation, by export
   * name or by the end of the file path: `blog/relations.ts`.
   */
  | { readonly keep: string };

export type ManyToMany =
  | false
  /** The new name of a derived relation. */
  | string
  /** The join table and the target table, if there is only one path between them. */
  | readonly [junction: string, target: string]
  /** The relation to the join table, and the join table's relation to the target. */
  | { readonly many: string; readonly one: string };

export interface TableChoices {
  /** The table's name in Zero. Default: the name of its export. */
  readonly name?: string;
  /** The columns that identify a row in Zero: the primary key, or a unique constraint. */
  readonly key?: readonly string[];
  /**
   * Options of single columns; `false` excludes a column. Any other value silences the
   * warnings about the column, and `true` does nothing else, except that it syncs a
   * stored generated column, which requires Postgres 18 or later.
   */
  readonly columns?: Readonly<Record<string, boolean | ColumnChoices>>;
  readonly defaults?: DefaultsChoice;
}

export interface ColumnChoices {
  readonly defaults?: DefaultsChoice;
}

/**
 * How clients see a NOT NULL column with a database default. Zero's `optional` means
 * both "an insert may omit it" and "a row may have null":
 *
 * - `required` (the default): every insert sets it, and every row has a value. The
 *   database's default then applies only to writes that bypass Zero.
 * - `optional`: an insert may omit it. The client's optimistic row has null until the
 *   database's value arrives, so readers must expect null.
 *
 * For a column that only Drizzle fills (`$defaultFn`), `optional` applies only if it is
 * set on the column itself; the server's mutator must then fill the column. A GENERATED
 * ALWAYS column is optional, unless `required` is set on the column itself; then no
 * client can insert into the table.
 */
export type DefaultsChoice = 'optional' | 'required';
