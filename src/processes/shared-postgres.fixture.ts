import { startPostgres, type PostgresServer } from './postgres-server.ts';

let shared: Promise<PostgresServer> | undefined;

/**
 * A server for tests that make databases of their own in it: one for all test files
 * of a worker, which ends with that. To start one takes a second of a core.
 */
export function sharedPostgres(): Promise<PostgresServer> {
  return (shared ??= startPostgres({ settings: { wal_level: 'logical' } }));
}
