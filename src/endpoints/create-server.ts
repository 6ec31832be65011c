import type { Schema } from '@rocicorp/zero';
import type { MutateResponse, QueryResponse } from '@rocicorp/zero/server';
import type { Claims } from '../model/rule.ts';
import { importPeer } from '../report/missing-package.ts';
import { requireVersions } from '../report/require-versions.ts';
import { apiKeyCheck } from './api-key-check.ts';
import { checkLogin } from './check-login.ts';
import { hasForeignCleanup } from './foreign-cleanup.ts';
import { IdentityUnavailable } from './identity/identity-unavailable.ts';
import type { Mutated } from './mutate-endpoint.ts';
import { queryAllowance } from './query-limits.ts';
import type { RequestOptions, ServerOptions } from './server-options.ts';

/** The endpoints that zero-cache calls: functions from Request to Response. */
export interface SyncServer {
  /** For ZERO_QUERY_URL. */
  query(request: Request): Promise<Response>;
  /** For ZERO_MUTATE_URL. */
  mutate(request: Request, options?: RequestOptions): Promise<Response>;
  /** Handles both endpoints, for paths that end in `/query` and `/mutate`. */
  handler(request: Request, options?: RequestOptions): Promise<Response>;
  /**
   * Throws if the database's login role lacks privileges that mutators need. The first
   * mutation checks this too. A call at startup reports the problem before a client notices
   * it.
   */
  check(): Promise<void>;
}

/**
 * The server side of sync. Queries are resolved by name and restricted by the access rules.
 * Mutators run guarded, and in the database as the application's role.
 *
 * @example
 * const server = createServer({
 *   schema, queries, mutators, rules,
 *   database: zeroDrizzle(schema, db),
 *   identity: bearer({ jwksUrl: 'https://id.example.com/jwks.json', audience: 'garden' }),
 *   apiKey: process.env['ZERO_API_KEY'],
 *   role: 'garden_user',
 * });
 * export default { fetch: (request: Request) => server.handler(request) };
 */
export function createServer<S extends Schema, T>(options: ServerOptions<S, T>): SyncServer {
  requireVersions(['drizzle-orm', 'zod', '@rocicorp/zero', 'jose']);
  const { onError } = options;
  const hasKey = apiKeyCheck(options.apiKey);
  const refusals = queryAllowance(options.queryLimits);
  const endpoints = zeroEndpoints(options);
  let loginCheck: Promise<void> | undefined;
  const check = (): Promise<void> => {
    loginCheck ??= endpoints()
      .then(() => checkLogin(options))
      .catch((error: unknown) => {
        // In the meantime the privilege may be granted, or the database may become
        // available again.
        loginCheck = undefined;
        throw error;
      });
    return loginCheck;
  };

  /** Authenticates a request. Responses to errors do not reveal the cause. */
  const answer = async (
    request: Request,
    act: (claims: Claims | undefined) => Promise<Response>,
  ): Promise<Response> => {
    if (request.method !== 'POST') return problem(405, 'only POST is allowed.');
    if (!hasKey(request)) return problem(403, 'the API key is wrong.');
    let claims: Claims | undefined;
    try {
      claims = await options.identity(request);
    } catch (error) {
      if (!(error instanceof IdentityUnavailable)) return problem(401, 'the token is not valid.');
      onError?.(error);
      return tryAgain();
    }
    try {
      return await act(claims);
    } catch (error) {
      onError?.(error);
      return problem(500, 'the server failed.');
    }
  };

  const query = (request: Request): Promise<Response> =>
    answer(request, async (claims) => {
      const { answerQueries } = await endpoints();
      const response = await answerQueries(request, claims, refusals, options);
      return respond(response, onError);
    });

  const mutate = (request: Request, { waitUntil }: RequestOptions = {}): Promise<Response> =>
    answer(request, async (claims) => {
      if (!isOurs(request, options.appID)) {
        return problem(400, 'the parameters schema and appID do not match this server.');
      }
      try {
        await check();
      } catch (error) {
        onError?.(error);
        return tryAgain();
      }
      const body: unknown = await request.json().catch(() => undefined);
      if (hasForeignCleanup(body)) {
        return problem(400, 'a client group may not delete results of another one.');
      }
      const { runMutations } = await endpoints();
      const mutated = await runMutations(request, body, claims);
      const done = runEffects(mutated, onError);
      if (waitUntil) waitUntil(done);
      else await done;
      return respond(mutated.response, onError);
    });

  return {
    check,
    query,
    mutate,
    handler: async (request, requestOptions) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/query')) return query(request);
      if (pathname.endsWith('/mutate')) return mutate(request, requestOptions);
      return problem(404, 'not found: only /query and /mutate exist.');
    },
  };
}

/**
 * The handlers, loaded with the first request: a program that only uses a guard does not
 * need Zero.
 */
function zeroEndpoints<S extends Schema, T>(options: ServerOptions<S, T>) {
  const load = async () => {
    const { answerQueries, mutationRunner } = await importPeer(
      'createServer()',
      () => import('./zero-endpoints.ts'),
    );
    return { answerQueries, runMutations: mutationRunner(options) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return () => (loaded ??= load());
}

/** Runs the effects in order; an error in one does not prevent the others. */
async function runEffects({ effects }: Mutated, onError?: (error: unknown) => void): Promise<void> {
  for (const effect of effects) {
    try {
      await effect();
    } catch (error) {
      onError?.(error);
    }
  }
}

/** Zero's response; error details stay on the server. */
function respond(
  response: QueryResponse | MutateResponse,
  onError?: (error: unknown) => void,
): Response {
  if (!('reason' in response)) return Response.json(response);
  const { message, reason } = response;
  if (reason !== 'database' && reason !== 'internal') {
    return Response.json(response, { status: reason === 'parse' ? 400 : 200 });
  }
  onError?.(new Error(message));
  return tryAgain();
}

/** After a 5xx, zero-cache retries and the client keeps its mutations. */
const tryAgain = (): Response => problem(503, 'the server failed; try again.');

const problem = (status: number, message: string): Response =>
  Response.json({ error: message }, { status });

/**
 * Zero stores its state in this schema, whose name becomes part of SQL: no other name is
 * allowed.
 */
function isOurs(request: Request, appID = 'zero'): boolean {
  const { searchParams } = new URL(request.url);
  const schema = searchParams.get('schema') ?? '';
  return (
    searchParams.get('appID') === appID &&
    schema.startsWith(`${appID}_`) &&
    /^\d+$/.test(schema.slice(appID.length + 1))
  );
}
