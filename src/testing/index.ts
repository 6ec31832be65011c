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
export { expectValid, type ExpectValidOptions } from './expect-valid.ts';
export type { NotJudged, Validation } from '../check/validation.ts';
export type { DatabaseError, IsolatedTest, TestPrincipal } from './isolated.ts';
export { testDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.ts';
export { startZeroCache, type ZeroCache, type ZeroCacheOptions } from '../processes/zero-cache.ts';
export { testSchema, type TestSchemaOptions } from './schema/test-schema.ts';
export type { TestPart } from './schema/derive-tests.ts';
export type { SchemaReport } from './schema/schema-report.ts';
export type { SchemaFailure, Tried, Untried } from './schema/coverage.ts';
export type { Samples } from './schema/solve-worlds.ts';
export { validRows, type ValidRows, type ValidRowsOptions } from './rows/valid-rows.ts';
export { copyRows, type CopyRows } from './rows/copy-rows.ts';
export { arbitraryRows } from './rows/arbitrary-rows.ts';
