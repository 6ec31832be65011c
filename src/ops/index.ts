export { migrate, type MigrateOptions, type MigrateResult } from './migrate/migrate.ts';
export { showBlocker, type Blocker } from './migrate/blocker.ts';
export { parseDatabaseUrl, type DatabaseUrl } from './migrate/database-url.ts';
export type { Migration, Statement } from './migrate/migration.ts';
export type { PgliteLike, PgliteTransaction } from './migrate/pglite-session.ts';
export type { MigrateProgress, OnProgress } from './migrate/progress.ts';
export { readMigrations } from './migrate/read-migrations.ts';
export { steadySql } from './steady-sql.ts';
