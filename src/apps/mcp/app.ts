import { extname, join } from 'node:path';
import type { App } from '../../command/app.ts';
import { standardApp } from '../../command/standard-app.ts';
import type { AnyPreparedQuery } from '../../postgres/queries/explainable.ts';
import { MCP_ROLE } from './role.ts';
import { mcpMigrations } from './migrations-folder.ts';
import { ADA, BEN } from './seed/example-users.ts';

// The built files end in .js.
const ending = extname(import.meta.filename);

/** Package configurations for MCP, as the command line runs them. */
export const mcpApp: App = standardApp({
  name: 'mcp',
  migrations: mcpMigrations,
  seed: {
    description: 'Inserts two users, two categories and four package configurations.',
    run: async (db) => (await import('./seed/seed.ts')).insertExamples(db),
  },
  sql: {
    users: 'users',
    layout: {
      schema: 'supabase/schemas/packages.sql',
      readme: 'supabase/schemas/README.md',
      types: 'src/shared/database-types.ts',
    },
  },
  stack: {
    role: MCP_ROLE,
    publication: 'mcp_zero',
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
    const pages = Object.values(await import('./queries/package-pages.ts'));
    const { packageByName } = await import('./queries/package-by-name.ts');
    return [...pages.map(({ first }) => first), packageByName] as AnyPreparedQuery[];
  },
});
