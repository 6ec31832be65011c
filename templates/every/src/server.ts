import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { bearer, createServer, steadySql } from '@techgarden/schema/server';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { mutators } from './zero/mutators.ts';
import { queries } from './zero/queries.ts';
import { rules } from './zero/zero-rules.gen.ts';
import { schema } from './zero/zero-schema.gen.ts';

// A page in the same TypeScript project may lack the types of Node.
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
const { env } = process;

/** Answers zero-cache's two kinds of requests: queries and mutations. */
const server = createServer({
  schema,
  queries,
  mutators,
  rules,
  database: zeroDrizzle(schema, drizzle(steadySql(postgres(env['DATABASE_URL'] ?? '')))),
  identity: bearer({
    jwksUrl: env['AUTH_JWKS_URL'] ?? '',
    issuer: env['AUTH_ISSUER'] ?? '',
    audience: env['AUTH_AUDIENCE'] ?? '',
  }),
  apiKey: env['ZERO_API_KEY'],
  appID: env['ZERO_APP_ID'] ?? 'zero',
  role: 'app_user',
  onError: console.error,
});

export default { fetch: (request: Request): Promise<Response> => server.handler(request) };
