import { isQuery, type AnyQuery, type ReadonlyJSONValue, type Schema } from '@rocicorp/zero';
import { ApplicationError, handleQueryRequest, type QueryResponse } from '@rocicorp/zero/server';
import type { Claims } from '../model/rule.ts';
import { guardQuery } from '../guard/guard-query.ts';
import { findNamed } from './find-named.ts';
import { refusal } from './refusal.ts';
import type { QueryAllowance } from './query-limits.ts';
import type { ServerOptions } from './server-options.ts';
import { principalOf } from './server-context.ts';

/** Compiles the named queries of a request and adds the access rules to each. */
export async function answerQueries<S extends Schema, T>(
  request: Request,
  claims: Claims | undefined,
  refusals: QueryAllowance,
  options: ServerOptions<S, T>,
): Promise<QueryResponse> {
  const body: unknown = await request.json().catch(() => undefined);
  const userID = userIdOf(claims);
  const answer = answerer(claims ?? {}, userID, options);
  const [kind, asked]: readonly unknown[] = Array.isArray(body) ? body : [];
  if (!Array.isArray(asked) || asked.length === 0) return answer(body);
  const refused = refusals(request, claims, asked);
  // One by one: where one cannot be compiled, Zero gives up on all.
  const answers = await Promise.all(
    asked.map((one: unknown, at) => {
      const reason = refused[at];
      return reason !== undefined && isNamed(one) ? tooMany(one, reason) : answer([kind, [one]]);
    }),
  );
  const queries: AnsweredQuery[] = [];
  for (const response of answers) {
    if (!('queries' in response)) return response;
    queries.push(...response.queries);
  }
  return { kind: 'QueryResponse', queries, userID };

  function tooMany(query: NamedQuery, message: string): QueryResponse {
    const details = { code: 'sync/too-many-queries' };
    const error = new ApplicationError(message, { details });
    return { kind: 'QueryResponse', queries: [{ ...failed(query, error), details }], userID };
  }
}

interface NamedQuery {
  readonly id: string;
  readonly name: string;
}

/** What is no query of zero-cache's, Zero says itself: it costs no more than this. */
const isNamed = (query: unknown): query is NamedQuery => {
  const { id, name } = (query ?? {}) as Partial<NamedQuery>;
  return typeof id === 'string' && typeof name === 'string';
};

type AnsweredQuery = Extract<QueryResponse, { readonly kind: 'QueryResponse' }>['queries'][number];

/** Answers a message of zero-cache's that holds at most one query. */
function answerer<S extends Schema, T>(
  claims: Claims,
  userID: string | null,
  { schema, queries, rules, context, onError }: ServerOptions<S, T>,
): (body: unknown) => Promise<QueryResponse> {
  const ctx = context ? context(claims) : principalOf(rules, claims);
  const told = (error: unknown): ApplicationError => {
    const { told, unexpected } = refusal(error);
    if (unexpected) onError?.(error);
    return told;
  };
  const handler = (name: string, args: ReadonlyJSONValue | undefined): AnyQuery => {
    const query = findNamed(queries, name, isQuery);
    if (!query) {
      throw new ApplicationError(`there is no query ${JSON.stringify(name)}.`, {
        details: { code: 'sync/unknown-query' },
      });
    }
    try {
      return query.fn({ args, ctx });
    } catch (error) {
      throw told(error);
    }
  };
  return async (body) => {
    const response = await handleQueryRequest({
      schema,
      query: {},
      // What is no message of zero-cache's, Zero says itself.
      body: (body ?? null) as ReadonlyJSONValue,
      userID,
      logLevel: 'error',
      handler,
    });
    if (!('queries' in response)) return alone(response, body, told);
    return {
      ...response,
      queries: response.queries.map((query) => {
        if (!('ast' in query)) return query;
        try {
          return { ...query, ast: guardQuery(query.ast, rules, claims) };
        } catch (error) {
          // Without its rules, no query may go out.
          return failed(query, told(error));
        }
      }),
    };
  };

  /** A query that Zero could not compile, as the answer to that query. */
  function alone(
    response: QueryResponse,
    body: unknown,
    told: (error: unknown) => ApplicationError,
  ): QueryResponse {
    if (!('reason' in response) || response.reason !== 'internal') return response;
    const [query] = (body as readonly [unknown, readonly { id: string; name: string }[]])[1];
    if (!query) return response;
    const error = told(new Error(`${query.name}: ${response.message}`));
    return { kind: 'QueryResponse', queries: [failed(query, error)], userID };
  }
}

const failed = ({ id, name }: NamedQuery, { message }: ApplicationError): AnsweredQuery => ({
  id,
  name,
  error: 'app',
  message,
});

/** Whom zero-cache holds a client to be: exactly what the client said as its `userID`. */
export function userIdOf(claims: Claims | undefined): string | null {
  const sub = claims?.['sub'];
  return typeof sub === 'string' ? sub : null;
}
