import { startPostgres, type PostgresServer } from './postgres-server.ts';

let shared: Promise<PostgresServer> | undefined;

/**
 * A server for tests that create their own databases: one for all test files of a worker,
 * which ends with the worker. Starting a server takes a second of a core.
 */
export function sharedPostgres(): Promise<PostgresServer> {
  return (shared ??= startPostgres({ settings: { wal_level: 'logical' } }));
}
