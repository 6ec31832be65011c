export { migrate, type MigrateOptions, type MigrateResult } from './migrate.ts';
export { showBlocker, type Blocker } from '../postgres/blocker.ts';
export { parseDatabaseUrl, type DatabaseUrl } from '../postgres/database-url.ts';
export type { Migration, Statement as MigrationStatement } from './migration.ts';
export type { PgliteLike, PgliteTransaction } from '../postgres/pglite-session.ts';
export type { MigrateProgress, OnProgress } from './progress.ts';
export { readMigrations } from './read-migrations.ts';
