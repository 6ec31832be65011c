import type postgres from 'postgres';
import { importPeer } from '../../report/missing-package.ts';
import { parseDatabaseUrl } from '../database-url.ts';
import type { Listener, NotifiedConnection } from './notified-connection.ts';

/**
 * Listens over a dedicated connection to a server. `sql.listen()` of postgres.js tries only once
 * to restore a lost connection, and gives up in silence.
 */
export function postgresListener(url: string, applicationName: string): Listener {
  const { href, place, database, connectTimeout } = parseDatabaseUrl(url);
  return {
    place,
    async open(channel, events) {
      const { default: connect } = await importPeer('a database URL', () => import('postgres'));
      let state: 'open' | 'lost' | 'closed' = 'open';
      const options: postgres.Options<{}> & { onnotify(channel: string, payload: string): void } = {
        max: 1,
        database,
        prepare: false,
        fetch_types: false,
        idle_timeout: 0,
        max_lifetime: null,
        connect_timeout: connectTimeout / 1000,
        connection: { application_name: applicationName },
        onnotice: () => {},
        onclose() {
          if (state !== 'open') return;
          state = 'lost';
          events.lost();
        },
        // Not in the types of the driver.
        onnotify: (_, payload) => events.notified(payload),
      };
      const sql = connect(href, options);
      const connection: NotifiedConnection = {
        async query<Row>(text: string, parameters: readonly string[] = []) {
          // The driver would open another connection, which does not listen.
          if (state !== 'open') throw closed();
          return (await sql.unsafe(text, [...parameters])) as unknown as readonly Row[];
        },
        async close() {
          state = 'closed';
          await sql.end({ timeout: 1 });
        },
      };
      try {
        await connection.query(`listen "${channel.replaceAll('"', '""')}"`);
      } catch (error) {
        await connection.close();
        throw error;
      }
      return connection;
    },
  };
}

const closed = (): Error =>
  Object.assign(new Error('CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
