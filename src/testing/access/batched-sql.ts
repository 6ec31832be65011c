import type { SqlRow, SqlTransaction } from '../../guard/sql-transaction.ts';
import type { PostgresClient, PostgresWorld } from './postgres-world.ts';
import { literal, type PreparedQueries } from './prepared-queries.ts';

interface Waiting {
  readonly sql: string;
  readonly params: readonly unknown[];
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
  readonly #prepared: PreparedQueries;
  #waiting: Waiting[] = [];
  #last: Promise<unknown> = Promise.resolve();
  /** Whether there is a savepoint, and whether the last attempt has written after it. */
  #savepoint: 'none' | 'clean' | 'written' = 'none';

  constructor({ client, prepared }: Pick<PostgresWorld, 'client' | 'prepared'>) {
    this.#client = client;
    this.#prepared = prepared;
  }

  /** A query without effect. */
  query = (sql: string, params: readonly unknown[] = []): Promise<readonly SqlRow[]> =>
    new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => void this.#flush());
      this.#waiting.push({ sql, params, resolve, reject });
    });

  attempt(): AttemptTransaction {
    let release: (() => void) | undefined;
    const { query } = this;
    const write = this.#write;
    const prepared = this.#prepared;
    const acquire = async (): Promise<void> => {
      const before = this.#last;
      this.#last = new Promise<void>((resolve) => (release = resolve));
      await before;
    };
    return {
      get hasWritten() {
        return release !== undefined;
      },
      query: async (sql, params = []) => {
        const isQuery = /^select/i.test(sql);
        if (isQuery) {
          if (!release) return { rows: await query(sql, params) };
          return { rows: (await prepared.rows<SqlRow>([{ sql, params }]))[0] ?? [] };
        }
        const isFirst = release === undefined;
        if (isFirst) await acquire();
        await write(inlined(sql, params), isFirst);
        return { rows: [] };
      },
      // The next statement rolls its writes back.
      end: async () => release?.(),
    };
  }

  #write = async (sql: string, isFirst: boolean): Promise<void> => {
    const before = isFirst ? (this.#savepoint === 'none' ? 'savepoint attempt; ' : UNDO) : '';
    this.#savepoint = 'written';
    await this.#client.exec(before + sql);
  };

  async #undo(): Promise<void> {
    if (this.#savepoint !== 'written') return;
    this.#savepoint = 'clean';
    await this.#client.exec(UNDO);
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const done = this.#last.then(async () => {
      await this.#undo();
      return this.#prepared.rows<SqlRow>(waiting);
    });
    this.#last = done.catch(() => undefined);
    try {
      const answers = await done;
      for (const [at, { resolve }] of waiting.entries()) resolve(answers[at] ?? []);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

const UNDO = 'rollback to savepoint attempt; ';

/** Parameters as literals, which take the types that the parameters would have. */
function inlined(sql: string, params: readonly unknown[]): string {
  if (params.length === 0) return sql;
  return sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)/g, (found, place: string) =>
    place === undefined ? found : literal(params[Number(place) - 1]),
  );
}
