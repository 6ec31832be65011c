import type { SyncServer } from '../../../endpoints/create-server.ts';
import { IdentityUnavailable } from '../../../endpoints/identity/identity-unavailable.ts';
import type { Identify } from '../../../endpoints/server-options.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { isCanonicalUuid } from '../../../model/values/text-rules.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { countActivity, recordSecurityEvent, type RecordedEvent } from './security-events.ts';

interface Watched {
  readonly identity: Identify;
  readonly security?: AnyDatabase | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Events of requests without a valid token, per minute and process: anyone can send those. */
const MAX_SIGN_IN_EVENTS = 100;

/**
 * Writes security events about the requests of a server. A failure to write one is passed to
 * `onError` and does not change the response.
 */
export function watchSecurity({ identity, security, onError }: Watched): {
  readonly identity: Identify;
  server(server: SyncServer): SyncServer;
} {
  if (security === undefined) return { identity, server: (server) => server };
  const users = new WeakMap<Request, string>();
  const inBudget = budget(MAX_SIGN_IN_EVENTS);
  const note = (act: () => Promise<void>): Promise<void> =>
    act().catch((error) => onError?.(error));
  const record = (event: RecordedEvent) => note(() => recordSecurityEvent(security, event));

  return {
    async identity(request) {
      try {
        const claims = await identity(request);
        const sub = claims?.['sub'];
        if (typeof sub === 'string' && isCanonicalUuid(sub)) users.set(request, sub);
        return claims;
      } catch (error) {
        if (!(error instanceof IdentityUnavailable) && inBudget()) {
          const { pathname } = new URL(request.url);
          await record({ kind: 'sign_in_failed', action: pathname });
        }
        throw error;
      }
    },
    server(server) {
      const mutate: SyncServer['mutate'] = async (request, options) => {
        const response = await server.mutate(request, options);
        const userId = users.get(request);
        const denials = deniedIn(await bodyOf(response));
        for (const details of denials) {
          const action = `${String(details['table'])} ${String(details['operation'])}`;
          await record({ kind: 'access_denied', userId, action, details });
        }
        if (userId !== undefined && denials.length > 0) {
          await note(() => countActivity(security, userId, { denials: denials.length }));
        }
        return response;
      };
      const query: SyncServer['query'] = async (request) => {
        const response = await server.query(request);
        const userId = users.get(request);
        const reads = queriesIn(await bodyOf(response));
        if (userId !== undefined && reads > 0) {
          await note(() => countActivity(security, userId, { reads }));
        }
        return response;
      };
      return {
        ...server,
        query,
        mutate,
        handler(request, options) {
          const { pathname } = new URL(request.url);
          if (pathname.endsWith('/query')) return query(request);
          return pathname.endsWith('/mutate')
            ? mutate(request, options)
            : server.handler(request, options);
        },
      };
    },
  };
}

type Json = Readonly<Record<string, unknown>>;

const bodyOf = async (response: Response): Promise<Json> => {
  if (!response.ok) return {};
  return (await response.clone().json()) as Json;
};

const listIn = (body: Json, name: string): readonly Json[] => {
  const list = body[name];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
};

const queriesIn = (body: Json): number => listIn(body, 'queries').length;

/** The details of the mutations that the access rules refused. */
const deniedIn = (body: Json): readonly JsonObject[] =>
  listIn(body, 'mutations').flatMap(({ result }) => {
    const details = (result as Json | undefined)?.['details'] as JsonObject | undefined;
    return details?.['code'] === 'access/denied' ? [details] : [];
  });

/** Allows a number of calls per minute. */
function budget(limit: number): () => boolean {
  let [minute, used] = [0, 0];
  return () => {
    const now = Math.floor(Date.now() / 60_000);
    used = now === minute ? used + 1 : 1;
    minute = now;
    return used <= limit;
  };
}
