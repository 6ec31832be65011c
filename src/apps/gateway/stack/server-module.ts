import process from 'node:process';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { bearer } from '../../../endpoints/identity/bearer.ts';
import { steadySql } from '../../../postgres/steady-sql.ts';
import { gatewayServer } from '../server/gateway-server.ts';
import { schema } from '../zero/index.ts';

// The endpoints under `garden dev`, which sets these variables.

const variable = (name: string): string => process.env[name] ?? '';

const server = gatewayServer({
  database: zeroDrizzle(
    schema,
    drizzle(steadySql(postgres(variable('DATABASE_URL'), { onnotice: () => {} }))),
  ),
  identity: bearer({
    jwksUrl: variable('AUTH_JWKS_URL'),
    issuer: variable('AUTH_ISSUER'),
    audience: variable('AUTH_AUDIENCE'),
  }),
  apiKey: variable('ZERO_API_KEY'),
  appID: variable('ZERO_APP_ID'),
  onError: (error) => void process.stderr.write(`${String(error)}\n`),
});

// oxlint-disable-next-line import/no-default-export
export default { fetch: (request: Request): Promise<Response> => server.handler(request) };
