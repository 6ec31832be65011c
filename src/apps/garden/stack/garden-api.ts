import type { drizzle } from 'drizzle-orm/postgres-js';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import type postgres from 'postgres';
import { gardenServer } from '../server/index.ts';
import type { Identify } from '../../../endpoints/server-options.ts';
import { schema } from '../zero/index.ts';
import type { Sign } from './dev-identity.ts';
import { securityHeaders } from './security-headers.ts';
import { serveStatic } from '../../../endpoints/serve-static.ts';
import { answerSignIn } from './sign-in-endpoint.ts';

export interface GardenApiOptions {
  readonly sql: postgres.Sql;
  /** Connection for mutators to the same database. */
  readonly db: ReturnType<typeof drizzle>;
  /** Verifies the tokens that `sign` makes. */
  readonly identity: Identify;
  readonly sign: Sign;
  /** The key that zero-cache sends. */
  readonly apiKey: string;
  /** Addresses of zero-cache. */
  readonly cacheUrls: readonly string[];
  /** Origins of this API and the page. */
  readonly origins: readonly string[];
  /** zero-cache's ZERO_APP_ID. */
  readonly appID: string;
  /** The folder of the built page. */
  readonly page: string;
  readonly onError: (error: unknown) => void;
}

/** Serves the endpoints for zero-cache, the development sign-in and the page. */
export async function gardenApi(
  options: GardenApiOptions,
): Promise<(request: Request) => Promise<Response>> {
  const { sql, db, identity, sign, apiKey, cacheUrls, origins, appID, page, onError } = options;
  const server = gardenServer({
    database: zeroDrizzle(schema, db),
    identity,
    apiKey,
    appID,
    onError,
  });
  await server.check();
  let turn = 0;
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case '/api/zero/query':
      case '/api/zero/mutate':
        return server.handler(request);
      case '/api/config':
        // Distributes pages over the view-syncers. A page keeps its view-syncer.
        return Response.json({ cacheURL: cacheUrls[turn++ % cacheUrls.length] });
      case '/api/sign-in':
        return answerSignIn(request, { sql, sign, origins });
      default:
        return pathname.startsWith('/api/')
          ? Response.json({ error: 'not found.' }, { status: 404 })
          : serveStatic(page, request);
    }
  };
  return async (request) => {
    let response: Response;
    try {
      response = await answer(request);
    } catch (error) {
      onError(error);
      response = Response.json({ error: 'the server failed.' }, { status: 500 });
    }
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(securityHeaders(cacheUrls))) {
      headers.set(name, value);
    }
    return new Response(response.body, { status: response.status, headers });
  };
}
