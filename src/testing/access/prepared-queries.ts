import { sqlName, sqlText } from './sql-value.ts';

/** A PGlite, or a connection to a server. */
interface Connection {
  exec(sql: string): PromiseLike<unknown>;
  query<Row>(sql: string, parameters?: unknown[]): PromiseLike<{ readonly rows: Row[] }>;
}

/** Statements that a connection keeps at most. */
const MOST = 400;

/**
 * Queries that a connection plans once for all their parameters. Planning takes most of the time
 * of a short query with a rule. Needs the functions of `PostgresWorld`.
 */
export class PreparedQueries {
  /** Several instances may share a connection. */
  static #count = 0;
  readonly #client: Connection;
  readonly #names = new Map<string, string>();

  constructor(client: Connection) {
    this.#client = client;
  }

  /** The rows of each query, as JSON, in one round trip. */
  async rows<Row>(
    queries: readonly { readonly sql: string; readonly params: readonly unknown[] }[],
  ): Promise<readonly (readonly Row[])[]> {
    const before = this.#names.size > MOST ? this.#forget() : [];
    const calls = queries.map(({ sql, params }) => {
      const known = this.#names.get(sql);
      const name = known ?? `comparing ${(PreparedQueries.#count += 1)}`;
      if (known === undefined) {
        this.#names.set(sql, name);
        before.push(
          `prepare ${sqlName(name)} as select coalesce(jsonb_agg(to_jsonb("~row")), '[]') from (${sql}) as "~row"`,
        );
      }
      const values = params.length === 0 ? '' : `(${params.map(literal).join(', ')})`;
      return `execute ${sqlName(name)}${values}`;
    });
    try {
      const { rows } = await this.#client.query<{ answers: Row[][] }>(
        'select comparing.run($1::text[], $2::text[]) as answers',
        [before, calls],
      );
      return rows[0]?.answers ?? [];
    } catch (error) {
      // It is unknown which of them were prepared.
      this.#names.clear();
      throw error;
    }
  }

  /** Removes the statements from the connection, also those before an error. */
  async release(): Promise<void> {
    this.#names.clear();
    const { rows } = await this.#client.query<{ sql: string }>(
      `select format('deallocate %I', name) as sql from pg_prepared_statements where name ~ '^comparing \\d+$'`,
    );
    if (rows.length > 0) await this.#client.exec(rows.map(({ sql }) => sql).join(';\n'));
  }

  #forget(): string[] {
    const statements = [...this.#names.values()].map((name) => `deallocate ${sqlName(name)}`);
    this.#names.clear();
    return statements;
  }
}

/** A parameter as a literal without a type, which takes the type that the parameter has. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return sqlText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
