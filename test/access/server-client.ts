import postgres from 'postgres';
import type { PostgresClient } from '../../src/testing/access/postgres-world.ts';

export interface ServerClient extends PostgresClient {
  close(): Promise<void>;
}

/** One connection to a Postgres server, for a comparison. */
export function serverClient(url: string): ServerClient {
  const sql = postgres(url, { max: 1, max_lifetime: null, onnotice: () => {} });
  return {
    exec: (text) => sql.unsafe(text).simple(),
    query: async <Row>(text: string, parameters: unknown[] = []) => ({
      // The same few texts: a prepared statement takes one round trip, and another one takes two.
      rows: (await sql.unsafe(text, parameters as never[], {
        prepare: true,
      })) as unknown as Row[],
    }),
    close: () => sql.end(),
  };
}
