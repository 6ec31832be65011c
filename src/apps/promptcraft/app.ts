import { extname, join } from 'node:path';
import type { App } from '../../command/app.ts';
import { standardApp } from '../../command/standard-app.ts';
import type { AnyPreparedQuery } from '../../postgres/queries/explainable.ts';
import { PROMPTCRAFT_ROLE } from './role.ts';
import { promptcraftMigrations } from './migrations-folder.ts';
import { ADA, BEN } from './seed/example-users.ts';
import { sqlDefaults } from './sql/sql-defaults.ts';

// The built files end in .js.
const ending = extname(import.meta.filename);

/** Prompts, templates and feedback, as the command line runs them. */
export const promptcraftApp: App = standardApp({
  name: 'promptcraft',
  migrations: promptcraftMigrations,
  seed: {
    description:
      'Inserts providers, models and frameworks, and two users with prompts, templates and feedback.',
    run: async (db) => (await import('./seed/seed.ts')).insertExamples(db),
  },
  sql: {
    users: 'users',
    layout: {
      schema: 'supabase/schema.sql',
      readme: 'supabase/README.md',
      types: 'src/database-types.ts',
    },
    defaults: sqlDefaults,
    parts: async () => (await import('./sql/parts.ts')).sqlParts(),
  },
  stack: {
    role: PROMPTCRAFT_ROLE,
    publication: 'promptcraft_zero',
    serverModule: join(import.meta.dirname, `stack/server-module${ending}`),
    schema: async () => (await import('./zero/index.ts')).schema,
    principals: {
      Ada: { sub: ADA },
      Ben: { sub: BEN },
      'an administrator': { sub: ADA, roles: ['admin'] },
    },
  },
  async tables() {
    return {
      file: join(import.meta.dirname, `database${ending}`),
      exports: await import('./database.ts'),
    };
  },
  async preparedQueries() {
    const pages = [
      ...Object.values(await import('./queries/history-pages.ts')),
      ...Object.values(await import('./queries/template-pages.ts')),
      ...Object.values(await import('./queries/feedback-pages.ts')),
    ];
    return pages.map(({ first }) => first as AnyPreparedQuery);
  },
});
