export {
  testDatabase,
  type DatabaseError,
  type IsolatedTest,
  type TestDatabase,
  type TestDatabaseOptions,
} from './test-database.ts';
