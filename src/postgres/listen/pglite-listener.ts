import type { Listener } from './notified-connection.ts';

/** The part of a PGlite that is used. Structural, because PGlite is an optional dependency. */
export interface ListeningPglite {
  query<Row>(sql: string, parameters?: string[]): Promise<{ readonly rows: Row[] }>;
  listen(channel: string, notified: (payload: string) => void): Promise<() => Promise<void>>;
}

/** Listens in an embedded Postgres. The caller closes it. */
export const pgliteListener = (client: ListeningPglite): Listener => ({
  place: 'PGlite',
  async open(channel, events) {
    const stop = await client.listen(channel, (payload) => events.notified(payload));
    return {
      query: async <Row>(text: string, parameters: readonly string[] = []) =>
        (await client.query<Row>(text, [...parameters])).rows,
      close: () => stop(),
    };
  },
});
