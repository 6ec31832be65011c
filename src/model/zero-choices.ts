/**
 * What a project decides about its Zero schema where the defaults are not what it
 * wants: the `zero` part of garden.config.ts. Everything is named as TypeScript
 * names it: tables by their exports, columns and relations by their keys. A name
 * that does not exist is an error, so that a rename is not silently without effect.
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
  /** Only these tables. All of them where it is left out. */
  readonly only?: readonly string[];
  /** What is special about single tables; `false` leaves one out. */
  readonly tables?: Readonly<Record<string, false | TableChoices>>;
  /**
   * What is special about single relations, by the table that they lead from. It applies
   * before the relations that lead through join tables are derived.
   */
  readonly relations?: Readonly<Record<string, Readonly<Record<string, RelationChoice>>>>;
  /**
   * Put behind the name of every relation that has the name of a column: with `Relation`,
   * `owner` is `ownerRelation`. Without it, each of them is an error.
   */
  readonly clashSuffix?: string;
  /**
   * Relations through join tables, by the table that they lead from. A derived one
   * is renamed by a string and left out by `false`, which also settles the warning
   * about one that may hold a pair twice; any other name makes a new one, and
   * replaces a derived one that takes the same way.
   */
  readonly manyToMany?: Readonly<Record<string, Readonly<Record<string, ManyToMany>>>>;
  /** For columns that the database fills: see {@link DefaultsChoice}. */
  readonly defaults?: DefaultsChoice;
  /** The name of the publication, `zero_data` where it is left out; `false` makes none. */
  readonly publication?: string | false;
}

type RelationChoice =
  /** It is left out. */
  | false
  /** Its new name. */
  | string
  /**
   * Of one that several `relations()` write, each time otherwise, the one that counts: by the
   * name of its export, or by its file, as far from the end as it takes: `blog/relations.ts`.
   */
  | { readonly keep: string };

export type ManyToMany =
  | false
  /** The new name of a derived relation. */
  | string
  /** The join table and the table behind it, where only one way leads there. */
  | readonly [junction: string, target: string]
  /** The relation to the join table, and the join table's relation onwards. */
  | { readonly many: string; readonly one: string };

export interface TableChoices {
  /** The table's name in Zero; that of its export where it is left out. */
  readonly name?: string;
  /** The columns that Zero knows a row by: the primary key, or a unique constraint. */
  readonly key?: readonly string[];
  /**
   * What is special about single columns: `false` leaves one out. Any other word
   * about a column settles the warnings about it; `true` says nothing but that. It
   * also syncs a stored generated column, which only Postgres 18 and later can.
   */
  readonly columns?: Readonly<Record<string, boolean | ColumnChoices>>;
  readonly defaults?: DefaultsChoice;
}

export interface ColumnChoices {
  readonly defaults?: DefaultsChoice;
}

/**
 * A NOT NULL column that the database fills when nobody does can mean two things
 * to a client, because Zero has one word, optional, for both of them:
 *
 * - `required` (the default): whoever inserts sets it, and a row that is read has it.
 *   The database's default then serves only those who write past Zero.
 * - `optional`: an insert may leave it out. The client's own row has null there until
 *   the database's value arrives, so whoever reads has to expect null.
 *
 * For columns that only Drizzle fills, `$defaultFn`, `optional` counts only where it
 * is said of the column itself: the server's mutator must fill it then. What is
 * GENERATED ALWAYS is optional, unless `required` is said of the column itself: no
 * client inserts into the table then.
 */
export type DefaultsChoice = 'optional' | 'required';
