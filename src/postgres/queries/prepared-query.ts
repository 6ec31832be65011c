import { fillPlaceholders, is, Param, Placeholder } from 'drizzle-orm';
import type { AnyDatabase } from '../any-database.ts';

/** A Drizzle query that can be prepared. */
export interface Preparable<Row> {
  prepare(name: string): {
    execute(values?: Record<string, unknown>): Promise<readonly Row[]>;
    getQuery(): { readonly sql: string; readonly params: unknown[] };
  };
}

/** A named query: its SQL is built once, and prepared once per connection. */
export interface PreparedQuery<Values extends Record<string, unknown>, Row> {
  readonly name: string;
  /** One line, for `garden explain`. */
  readonly summary: string;
  /** Runs the query. It is prepared at the first call for each database. */
  (db: AnyDatabase, values: Values): Promise<readonly Row[]>;
  /** The statement with its values, for EXPLAIN. */
  statement(db: AnyDatabase, values: Values): Statement;
  /** The names of its placeholders, in the order of the statement. */
  placeholders(db: AnyDatabase): readonly string[];
  /** Values for which the query returns rows in this database; undefined if it is empty. */
  readonly example?: (db: AnyDatabase) => Promise<Values | undefined>;
}

/** Values of a query's placeholders. */
export type QueryValues = Readonly<Record<string, unknown>>;

/** SQL and the values of `$1`, `$2` … */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

export interface QueryDefinition<Values extends Record<string, unknown>, Row> {
  readonly name: string;
  /** One line, for `garden explain`. */
  readonly summary: string;
  build(db: AnyDatabase): Preparable<Row>;
  /** Finds values with which `garden explain` runs the query. */
  example?(db: AnyDatabase): Promise<Values | undefined>;
}

/**
 * Defines a query. Its values are placeholders, so the text never depends on them and
 * Postgres plans it once. Numbers that shape the plan, such as the page size, are part
 * of the text, because Postgres would have to estimate a parameter.
 *
 * @example
 * import { sql } from 'drizzle-orm';
 *
 * const tagsNamed = preparedQuery<{ name: string }, { id: string }>({
 *   name: 'tags-named',
 *   summary: 'the tags with a name',
 *   build: (db) =>
 *     db.select({ id: tags.id }).from(tags).where(sql`name = ${sql.placeholder('name')}`),
 * });
 * const found = await tagsNamed(db, { name: 'parser' });
 */
export function preparedQuery<Values extends Record<string, unknown>, Row>({
  name,
  summary,
  build,
  example,
}: QueryDefinition<Values, Row>): PreparedQuery<Values, Row> {
  const prepared = new WeakMap<AnyDatabase, ReturnType<Preparable<Row>['prepare']>>();
  const of = (db: AnyDatabase): ReturnType<Preparable<Row>['prepare']> => {
    let statement = prepared.get(db);
    if (statement === undefined) {
      statement = build(db).prepare(`query_${name.replaceAll('-', '_')}`);
      prepared.set(db, statement);
    }
    return statement;
  };
  const run = async (db: AnyDatabase, values: Values): Promise<readonly Row[]> =>
    of(db).execute(values);
  return Object.assign(Object.defineProperty(run, 'name', { value: name }), {
    summary,
    statement(db: AnyDatabase, values: Values): Statement {
      const { sql, params } = of(db).getQuery();
      return { sql, params: fillPlaceholders(params, values) };
    },
    placeholders(db: AnyDatabase): readonly string[] {
      const names = of(db)
        .getQuery()
        .params.flatMap((param) => {
          const value: unknown = is(param, Param) ? param.value : param;
          return is(value, Placeholder) ? [value.name] : [];
        });
      return [...new Set(names)];
    },
    ...(example !== undefined && { example }),
  }) as PreparedQuery<Values, Row>;
}
