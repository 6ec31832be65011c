import { afterAll, beforeAll, describe } from 'vitest';
import { startPostgres, type PostgresServer } from '../src/testing/index.ts';
import { testQueries } from './queries/query-tests.ts';
import { gardensOf } from './seed/gardens.ts';
import { testProvenCopy } from './seed/proven-copy-tests.ts';
import { testSeed } from './seed/seed-tests.ts';

// A server costs more to make and start than most of these tests: they share one.
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

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
