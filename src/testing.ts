export { compareAccess } from './testing/access/compare-access.ts';
export type { AccessComparison, CompareAccessOptions } from './testing/access/access-comparison.ts';
export type { Enforcer, EnteredWorld, Verdict } from './testing/access/enforcer.ts';
export type { Answer } from './testing/access/answer-reading.ts';
export type { Attempt, Reading, World } from './testing/access/world.ts';
export {
  startPostgres,
  type PostgresServer,
  type PostgresServerOptions,
} from './processes/postgres-server.ts';
export { expectValid, type ExpectValidOptions } from './project/validate/expect-valid.ts';
export type { NotJudged, Validation } from './check/validation.ts';
export type { DatabaseError, IsolatedTest, TestPrincipal } from './testing/isolated.ts';
export {
  testDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from './testing/test-database.ts';
export { startZeroCache, type ZeroCache, type ZeroCacheOptions } from './processes/zero-cache.ts';
export { testSchema, type TestSchemaOptions } from './testing/schema/test-schema.ts';
export type { TestPart } from './testing/schema/derive-tests.ts';
export type { SchemaReport } from './testing/schema/schema-report.ts';
export type { SchemaFailure, Tried, Untried } from './testing/schema/coverage.ts';
export type { Samples } from './testing/schema/solve-worlds.ts';
export { validRows, type ValidRows, type ValidRowsOptions } from './testing/rows/valid-rows.ts';
export { copyRows, type CopyRows } from './testing/rows/copy-rows.ts';
export { arbitraryRows } from './testing/rows/arbitrary-rows.ts';
