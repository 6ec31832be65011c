import { migrate } from '../../../src/migrations/index.ts';
import { startPostgres, type PostgresServer } from '../../../src/processes/postgres-server.ts';
import { gardenMigrations } from '../../../src/apps/garden/migrations-folder.ts';

/** A server with enough memory for a large garden. */
export function startBigPostgres(): Promise<PostgresServer> {
  return startPostgres({
    settings: {
      shared_buffers: '2GB',
      max_wal_size: '8GB',
      maintenance_work_mem: '256MB',
      jit: 'off',
      // Otherwise it could start during one contestant's measurement.
      autovacuum: 'off',
    },
  });
}

export async function createGarden(server: PostgresServer): Promise<string> {
  const url = await server.createDatabase();
  await migrate(url, { folder: gardenMigrations });
  return url;
}
