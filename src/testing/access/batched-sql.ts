import type { SqlRow, SqlTransaction } from '../../guard/sql-transaction.ts';
import type { PostgresClient } from './postgres-world.ts';
import { sqlText } from './sql-value.ts';

interface Waiting {
  readonly sql: string;
  resolve(rows: readonly SqlRow[]): void;
  reject(error: unknown): void;
}

/** A transaction of one attempt, which is rolled back if the attempt wrote anything. */
export interface AttemptTransaction extends SqlTransaction {
  /** Whether a statement wrote or tried to write. */
  readonly hasWritten: boolean;
  end(): Promise<void>;
}

/**
 * Runs statements of concurrent attempts on one connection. Queries that precede a write
 * are sent together, because a round trip per query takes most of the time of a
 * comparison. From its first write until its end, an attempt has the connection alone.
 * Needs the functions of `PostgresWorld`.
 */
export class BatchedSql {
  readonly #client: PostgresClient;
  #waiting: Waiting[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: PostgresClient) {
    this.#client = client;
  }

  /** A query without effect. */
  query = (sql: string, params: readonly unknown[] = []): Promise<readonly SqlRow[]> =>
    new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => void this.#flush());
      this.#waiting.push({ sql: inlined(sql, params), resolve, reject });
    });

  attempt(): AttemptTransaction {
    let release: (() => void) | undefined;
    const { query } = this;
    const client = this.#client;
    const acquire = async (): Promise<void> => {
      const before = this.#last;
      this.#last = new Promise<void>((resolve) => (release = resolve));
      await before;
      await client.exec('savepoint attempt');
    };
    return {
      get hasWritten() {
        return release !== undefined;
      },
      query: async (sql, params = []) => {
        const isQuery = /^select/i.test(sql);
        if (!release) {
          if (isQuery) return { rows: await query(sql, params) };
          await acquire();
        }
        const text = inlined(sql, params);
        if (isQuery) return { rows: (await this.#rows([text]))[0] ?? [] };
        await client.exec(text);
        return { rows: [] };
      },
      end: async () => {
        if (!release) return;
        await client.exec('rollback to savepoint attempt');
        release();
      },
    };
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const done = this.#last.then(() => this.#rows(waiting.map(({ sql }) => sql)));
    this.#last = done.catch(() => undefined);
    try {
      const answers = await done;
      for (const [at, { resolve }] of waiting.entries()) resolve(answers[at] ?? []);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  async #rows(statements: readonly string[]): Promise<readonly (readonly SqlRow[])[]> {
    const { rows } = await this.#client.query<{ answers: SqlRow[][] }>(
      'select comparing.rows($1::text[]) as answers',
      [statements],
    );
    return rows[0]?.answers ?? [];
  }
}

/** Parameters as literals, which take the types that the parameters would have. */
function inlined(sql: string, params: readonly unknown[]): string {
  if (params.length === 0) return sql;
  return sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)/g, (found, place: string) =>
    place === undefined ? found : literal(params[Number(place) - 1]),
  );
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return sqlText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
