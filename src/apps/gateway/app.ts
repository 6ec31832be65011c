import { extname, join } from 'node:path';
import type { App } from '../../command/app.ts';
import { standardApp } from '../../command/standard-app.ts';
import { GATEWAY_ROLE } from './database-roles.ts';
import { gatewayMigrations } from './migrations-folder.ts';
import { ADA, BEN, CLEO } from './seed/example-users.ts';

// The built files end in .js.
const ending = extname(import.meta.filename);

/** The MCP registry gateway, as the command line runs it. */
export const gatewayApp: App = standardApp({
  name: 'gateway',
  migrations: gatewayMigrations,
  seed: {
    description:
      'Inserts the roles, three users, two organizations, four servers and a day of requests.',
    run: async (db) => (await import('./seed/seed.ts')).insertExamples(db),
  },
  stack: {
    role: GATEWAY_ROLE,
    publication: 'gateway_zero',
    serverModule: join(import.meta.dirname, `stack/server-module${ending}`),
    schema: async () => (await import('./zero/index.ts')).schema,
    principals: {
      'Ada, an administrator of Acme': { sub: ADA },
      'Ben, a developer of Acme': { sub: BEN },
      'Cleo, of another organization': { sub: CLEO },
      'an administrator of the gateway': { sub: ADA, roles: ['admin'] },
    },
  },
  async tables() {
    return {
      file: join(import.meta.dirname, `database${ending}`),
      exports: await import('./database.ts'),
    };
  },
  async preparedQueries() {
    return (await import('./queries/prepared-queries.ts')).preparedQueries;
  },
});
