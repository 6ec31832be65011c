import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import { answersInTime } from '../../../../postgres/answers-in-time.ts';
import { connectionFailure } from '../../../../postgres/connection-failure.ts';
import { parseDatabaseUrl } from '../../../../postgres/database-url.ts';
import { promptSocket } from './prompt-socket.ts';
import type { SeedDatabase, SeedTransaction } from './seed-database.ts';

type Queries = Pick<postgres.Sql, 'unsafe'>;

/** A server uses one core per connection. Two connections keep up with the generation of rows. */
const LANES = 2;

/**
 * A Postgres server. The first connection runs everything except every other transaction of a load.
 */
export function openPostgres(text: string, signal: AbortSignal | undefined): SeedDatabase {
  const url = parseDatabaseUrl(text);
  const connect = (): Lane => {
    const lane: Lane = {
      lost: false,
      sql: postgres(url.href, {
        max: 1,
        database: url.database,
        fetch_types: false,
        max_lifetime: null,
        connect_timeout: url.connectTimeout / 1000,
        // Finished packages must survive a power failure. VACUUM also marks a page as all-visible
        // only if the commits in it are flushed to disk.
        connection: { application_name: 'garden seed', synchronous_commit: 'on' },
        onnotice: () => {},
        onclose: () => {
          lane.lost = true;
        },
        // Documented, but missing in the driver's types.
        ...({ socket: promptSocket } as object),
      }),
    };
    return lane;
  };
  const first = connect();
  const lanes = [first, ...Array.from({ length: LANES - 1 }, connect)];
  const explain = (error: unknown): never => {
    signal?.throwIfAborted();
    throw connectionFailure(error, url.place);
  };
  const answers = answersInTime(first.sql, url.connectTimeout, signal);
  // Prevents an unhandled rejection. Callers that await `answers` still get the error.
  answers.catch(() => {});
  return {
    place: url.place,
    rows: (statement, parameters) =>
      answers
        .then(() => queryLane(first, first.sql, statement, parameters))
        .catch(explain) as never,
    lanes: LANES,
    transaction: (work, at = 0) => begin(lanes[at] ?? first, work, signal).catch(explain) as never,
    close: async () => {
      await Promise.all(lanes.map(({ sql }) => sql.end({ timeout: 2 })));
    },
  };
}

/** A connection. It is never used again after it was lost. */
interface Lane {
  readonly sql: postgres.Sql;
  lost: boolean;
}

/**
 * Runs a transaction. If its connection is lost, the driver rejects it and would then write
 * COMMIT or ROLLBACK to the closed socket, which ends the process with an uncatchable error.
 * So the callback never returns in that case.
 */
const begin = <Result>(
  lane: Lane,
  work: (tx: SeedTransaction) => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<unknown> =>
  lane.sql.begin(async (tx) => {
    try {
      return await work(inside(lane, tx, signal));
    } finally {
      if (lane.lost) await new Promise<never>(() => {});
    }
  });

async function queryLane(
  lane: Lane,
  sql: Queries,
  text: string,
  parameters: readonly string[] = [],
): Promise<readonly unknown[]> {
  refuseLost(lane);
  return sql.unsafe(text, [...parameters]);
}

/** Rejects a lost connection. The driver would write to the closed socket or open another one. */
function refuseLost({ lost }: Lane): void {
  if (lost) throw Object.assign(new Error('CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
}

function inside(lane: Lane, tx: Queries, signal: AbortSignal | undefined): SeedTransaction {
  return {
    rows: (text, parameters) => queryLane(lane, tx, text, parameters) as never,
    async copy(table, columns, slices) {
      refuseLost(lane);
      const query = tx.unsafe(`copy ${table} (${columns.join()}) from stdin (format binary)`);
      const refused = refusalOf(query);
      const wire = await query.writable();
      const source = Readable.from(slices, { objectMode: false });
      await Promise.race([pipeline(source, wire, ...(signal ? [{ signal }] : [])), refused]);
    },
  };
}

/**
 * Rejects when the server refuses the rows. The driver settles a COPY when it starts. A later
 * error, for example a foreign key violation, is not reported, and the stream never finishes.
 */
function refusalOf(query: object): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  // The driver's queries have a `reject` method, which the types hide.
  const inner = query as { reject: (error: unknown) => void };
  const settle = inner.reject;
  inner.reject = (error) => {
    settle(error);
    reject(error);
  };
  promise.catch(() => {});
  return promise;
}
