import {
  createBuilder,
  defineQuery,
  type Query,
  type QueryDefinition,
  type Row,
  type Schema,
} from '@rocicorp/zero';

/** The generated query of one table. */
type TableQuery<S extends Schema, Name extends keyof S['tables'] & string> = QueryDefinition<
  Name,
  undefined,
  undefined,
  Row<S['tables'][Name]>,
  unknown
>;

/** The generated queries of a schema. */
export type TableQueries<S extends Schema, Names extends keyof S['tables'] & string> = {
  readonly [Name in Names]: TableQuery<S, Name>;
};

/** The tables that get a query. */
export interface TableQueriesOptions<Names extends PropertyKey> {
  /** Only these tables. */
  readonly tables?: readonly Names[];
}

/**
 * A query of all rows for every table of a schema. On the server, the access rules decide
 * which of them a user gets. Write queries of your own for tables with many rows.
 *
 * @example
 * const queries = defineQueries({ rows: tableQueries(schema) });
 * const every = queries.rows.tags();
 */
export function tableQueries<
  const S extends Schema,
  Names extends keyof S['tables'] & string = keyof S['tables'] & string,
>(schema: S, options: TableQueriesOptions<Names> = {}): TableQueries<S, Names> {
  // Zero types each query by its table; this code is generic.
  const zql = createBuilder(schema as Schema) as Readonly<Record<string, Query<string, Schema>>>;
  const names: readonly string[] = options.tables ?? Object.keys(schema.tables);
  const queries = names.flatMap((name) => {
    const query = zql[name];
    return query ? [[name, defineQuery(() => query as never)]] : [];
  });
  return Object.fromEntries(queries) as TableQueries<S, Names>;
}
