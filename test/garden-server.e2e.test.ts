import { beforeAll, describe } from 'vitest';
import type { PostgresServer } from '../src/processes/postgres-server.ts';
import { sharedPostgres } from '../src/processes/shared-postgres.fixture.ts';
import { testQueries } from './queries/query-tests.ts';
import { gardensOf } from './seed/gardens.ts';
import { testProvenCopy } from './seed/proven-copy-tests.ts';
import { testSeed } from './seed/seed-tests.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await sharedPostgres();
});

const gardens = gardensOf(() => server);
describe('seed', () => {
  testSeed(gardens);
});
describe('foreign keys of a seed', () => {
  testProvenCopy(gardens);
});
describe('queries', () => {
  testQueries(gardens);
});
