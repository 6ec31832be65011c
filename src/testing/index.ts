export {
  compareAccess,
  type CompareAccessOptions,
  type AccessComparison,
} from './access/compare-access.ts';
export type { Enforcer, EnteredWorld, Verdict } from './access/enforcer.ts';
export type { Answer } from './access/answer-reading.ts';
export type { Attempt, Reading, World } from './access/world.ts';
export {
  startPostgres,
  type PostgresServer,
  type PostgresServerOptions,
} from '../processes/postgres-server.ts';
export {
  testDatabase,
  type DatabaseError,
  type IsolatedTest,
  type TestPrincipal,
  type TestDatabase,
  type TestDatabaseOptions,
} from './test-database.ts';
export { startZeroCache, type ZeroCache, type ZeroCacheOptions } from '../processes/zero-cache.ts';
