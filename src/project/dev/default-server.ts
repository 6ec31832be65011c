import { join, relative, resolve } from 'node:path';
import type { GardenConfig } from '../config.ts';

interface DefaultServerOptions {
  readonly config: GardenConfig;
  /** The folder of garden.config.ts. */
  readonly folder: string;
  /** The file to write. */
  readonly file: string;
  /** The role that user requests run as; absent if no table has access rules. */
  readonly role: string | undefined;
}

/** The source of the default server, for projects without a server module. */
export function defaultServer({ config, folder, file, role }: DefaultServerOptions): string {
  const { dev = {}, zero = {} } = config;
  const from = (path: string): string => {
    const found = relative(join(file, '..'), path).replaceAll('\\', '/');
    return JSON.stringify(found.startsWith('.') ? found : `./${found}`).replaceAll('"', "'");
  };
  const own = (path: string): string => from(resolve(folder, path));
  const generated = (name: string): string =>
    from(join(resolve(folder, zero.out ?? '.'), `${name}.gen.ts`));
  const generatedParts = [
    ...(dev.queries === undefined ? ['tableQueries'] : []),
    ...(dev.mutators === undefined ? ['crudMutators'] : []),
  ];
  const definers = [
    ...(dev.mutators === undefined ? ['defineMutators'] : []),
    ...(dev.queries === undefined ? ['defineQueries'] : []),
  ];
  const lines = [
    '// Made by `garden dev`, and made anew by its next start. To change it, copy it into your',
    "// project and set dev: { server: './src/server.ts' } in garden.config.ts.",
    definers.length > 0 && `import { ${definers.join(', ')} } from '@rocicorp/zero';`,
    "import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';",
    "import { bearer, createServer, steadySql } from '@techgarden/schema/server';",
    generatedParts.length > 0 &&
      `import { ${generatedParts.sort().join(', ')} } from '@techgarden/schema/sync';`,
    "import { drizzle } from 'drizzle-orm/postgres-js';",
    "import postgres from 'postgres';",
    dev.mutators !== undefined && `import { mutators } from ${own(dev.mutators)};`,
    dev.queries !== undefined && `import { queries } from ${own(dev.queries)};`,
    dev.mutators === undefined && `import { checks } from ${generated('zero-checks')};`,
    role !== undefined && `import { rules } from ${generated('zero-rules')};`,
    dev.mutators === undefined && `import { checks } from ${generated('zero-checks')};`,
    `import { schema } from ${generated('zero-schema')};`,
    '',
    'const { env } = process;',
    dev.queries === undefined && 'const queries = defineQueries({ rows: tableQueries(schema) });',
    dev.mutators === undefined &&
      'const mutators = defineMutators({ rows: crudMutators(schema, { checks }) });',
    'const server = createServer({',
    '  schema,',
    '  queries,',
    '  mutators,',
    role === undefined ? '  rules: { claims: {}, tables: {} },' : '  rules,',
    "  database: zeroDrizzle(schema, drizzle(steadySql(postgres(env['DATABASE_URL'] ?? '', { onnotice: () => {} })))),",
    '  identity: bearer({',
    "    jwksUrl: env['AUTH_JWKS_URL'] ?? '',",
    "    issuer: env['AUTH_ISSUER'] ?? '',",
    "    audience: env['AUTH_AUDIENCE'] ?? '',",
    '  }),',
    "  apiKey: env['ZERO_API_KEY'],",
    "  appID: env['ZERO_APP_ID'] ?? 'zero',",
    `  role: ${role === undefined ? 'false' : JSON.stringify(role).replaceAll('"', "'")},`,
    '  onError: console.error,',
    '});',
    'export default { fetch: (request: Request) => server.handler(request) };',
    '',
  ];
  return lines.filter((line) => line !== false).join('\n');
}
