import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import { answersInTime } from '../../../../postgres/answers-in-time.ts';
import { connectionFailure } from '../../../../postgres/connection-failure.ts';
import { parseDatabaseUrl } from '../../../../postgres/database-url.ts';
import { promptSocket } from './prompt-socket.ts';
import type { SeedDatabase, SeedTransaction } from './seed-database.ts';

type Queries = Pick<postgres.Sql, 'unsafe'>;

/** A server works on each connection with one core: with two it is as fast as what makes the rows. */
const LANES = 2;

/** A server. The first connection does it all but for every other transaction of a load. */
export function openPostgres(text: string, signal: AbortSignal | undefined): SeedDatabase {
  const url = parseDatabaseUrl(text);
  const connect = (): postgres.Sql =>
    postgres(url.href, {
      max: 1,
      database: url.database,
      fetch_types: false,
      max_lifetime: null,
      connect_timeout: url.connectTimeout / 1000,
      // What is finished shall survive a power cut; and VACUUM marks a page as visible to
      // all only when the commits in it are on the disk.
      connection: { application_name: 'garden seed', synchronous_commit: 'on' },
      onnotice: () => {},
      // Documented, but missing in the driver's types.
      ...({ socket: promptSocket } as object),
    });
  const sql = connect();
  const connections = [sql, ...Array.from({ length: LANES - 1 }, connect)];
  const explain = (error: unknown): never => {
    signal?.throwIfAborted();
    throw connectionFailure(error, url.place);
  };
  const answers = answersInTime(sql, url.connectTimeout, signal);
  // Whoever asks hears of it.
  answers.catch(() => {});
  return {
    place: url.place,
    rows: (statement, parameters) =>
      answers.then(() => rowsOf(sql, statement, parameters)).catch(explain) as never,
    lanes: LANES,
    transaction: (work, lane = 0) =>
      (connections[lane] ?? sql).begin((tx) => work(inside(tx, signal))).catch(explain) as never,
    close: async () => {
      await Promise.all(connections.map((one) => one.end({ timeout: 2 })));
    },
  };
}

const rowsOf = async (
  sql: Queries,
  text: string,
  parameters: readonly string[] = [],
): Promise<readonly unknown[]> => sql.unsafe(text, [...parameters]);

function inside(tx: Queries, signal: AbortSignal | undefined): SeedTransaction {
  return {
    rows: (text, parameters) => rowsOf(tx, text, parameters) as never,
    async copy(table, columns, slices) {
      const query = tx.unsafe(`copy ${table} (${columns.join()}) from stdin (format binary)`);
      const refused = refusalOf(query);
      const wire = await query.writable();
      const source = Readable.from(slices, { objectMode: false });
      await Promise.race([pipeline(source, wire, ...(signal ? [{ signal }] : [])), refused]);
    },
  };
}

/**
 * Rejects when the server refuses the rows. The driver settles a COPY when it
 * begins; what the server says at its end (a foreign key, for example) reaches
 * nobody, and the stream never finishes.
 */
function refusalOf(query: object): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  // The driver's queries carry their own `reject`, which the types hide.
  const inner = query as { reject: (error: unknown) => void };
  const settle = inner.reject;
  inner.reject = (error) => {
    settle(error);
    reject(error);
  };
  promise.catch(() => {});
  return promise;
}
