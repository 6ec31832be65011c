import process from 'node:process';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { bearer } from '../../../endpoints/identity/bearer.ts';
import { steadySql } from '../../../postgres/steady-sql.ts';
import { gardenApi } from './garden-api.ts';
import type { SignedIn } from './dev-identity.ts';

// The garden's server under `garden dev`, which sets these variables.

const variable = (name: string): string => process.env[name] ?? '';
const url = variable('API_URL');
const quiet = { onnotice: () => {} };

/** Only `garden dev` can sign. */
async function sign(claims: object): Promise<string> {
  const response = await fetch(variable('SIGN_IN_URL'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(claims),
  });
  return ((await response.json()) as SignedIn).token;
}

const api = await gardenApi({
  sql: postgres(variable('DATABASE_URL'), quiet),
  // Drizzle changes how its client encodes dates, so it gets its own client.
  db: drizzle(steadySql(postgres(variable('DATABASE_URL'), quiet))),
  identity: bearer({
    jwksUrl: variable('AUTH_JWKS_URL'),
    issuer: variable('AUTH_ISSUER'),
    audience: variable('AUTH_AUDIENCE'),
  }),
  sign,
  apiKey: variable('ZERO_API_KEY'),
  cacheUrls: variable('GARDEN_CACHE_URLS').split(' '),
  origins: [url, url.replace('127.0.0.1', 'localhost')],
  appID: variable('ZERO_APP_ID'),
  page: variable('GARDEN_PAGE'),
  onError: (error) => void process.stderr.write(`${String(error)}\n`),
});

// oxlint-disable-next-line import/no-default-export
export default { fetch: api };
