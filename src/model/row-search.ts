/** A search that runs as the owner of the table, and returns only rows that the principal may read. */
export interface RowSearch {
  /** Name of its SQL function, in `public`. */
  readonly name: string;
  /** Types of its parameters, by name. */
  readonly parameters: Readonly<Record<string, SearchType>>;
  /** The condition as SQL. `:query` is the parameter `query`; columns have no prefix. */
  readonly where: string;
  /** As SQL; the primary key is added, so that the order is total. */
  readonly orderBy?: string;
  /** Maximum number of rows. */
  readonly limit: number;
}

export type SearchType =
  | 'text'
  | 'text[]'
  | 'jsonb'
  | 'jsonpath'
  | 'integer'
  | 'uuid'
  | 'timestamptz';

/** A search with the id of its table. */
export interface TableSearch {
  readonly table: string;
  readonly search: RowSearch;
}
