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
  const [kind, requested]: readonly unknown[] = Array.isArray(body) ? body : [];
  if (!Array.isArray(requested) || requested.length === 0) return answer(body);
  const refused = refusals(request, claims, requested);
  // Queries are compiled one by one: if one of several fails, Zero fails the whole request.
  const answers = await Promise.all(
    requested.map((one: unknown, at) => {
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

/** Zero reports a malformed query itself. */
const isNamed = (query: unknown): query is NamedQuery => {
  const { id, name } = (query ?? {}) as Partial<NamedQuery>;
  return typeof id === 'string' && typeof name === 'string';
};

type AnsweredQuery = Extract<QueryResponse, { readonly kind: 'QueryResponse' }>['queries'][number];

/** Answers a zero-cache message with at most one query. */
function answerer<S extends Schema, T>(
  claims: Claims,
  userID: string | null,
  { schema, queries, rules, context, onError }: ServerOptions<S, T>,
): (body: unknown) => Promise<QueryResponse> {
  const ctx = context ? context(claims) : principalOf(rules, claims);
  const toClientError = (error: unknown): ApplicationError => {
    const { clientError, unexpected } = refusal(error);
    if (unexpected) onError?.(error);
    return clientError;
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
      throw toClientError(error);
    }
  };
  return async (body) => {
    const response = await handleQueryRequest({
      schema,
      query: {},
      // Zero reports a malformed body itself.
      body: (body ?? null) as ReadonlyJSONValue,
      userID,
      logLevel: 'error',
      handler,
    });
    if (!('queries' in response)) return failedAlone(response, body, toClientError);
    return {
      ...response,
      queries: response.queries.map((query) => {
        if (!('ast' in query)) return query;
        try {
          return { ...query, ast: guardQuery(query.ast, rules, claims) };
        } catch (error) {
          // Without its rules, a query must not be answered.
          return failed(query, toClientError(error));
        }
      }),
    };
  };

  /** Turns a failed response into an error of its only query. */
  function failedAlone(
    response: QueryResponse,
    body: unknown,
    toClientError: (error: unknown) => ApplicationError,
  ): QueryResponse {
    if (!('reason' in response) || response.reason !== 'internal') return response;
    const [query] = (body as readonly [unknown, readonly { id: string; name: string }[]])[1];
    if (!query) return response;
    const error = toClientError(new Error(`${query.name}: ${response.message}`));
    return { kind: 'QueryResponse', queries: [failed(query, error)], userID };
  }
}

const failed = ({ id, name }: NamedQuery, { message }: ApplicationError): AnsweredQuery => ({
  id,
  name,
  error: 'app',
  message,
});

/** The `userID` that zero-cache compares: the client must pass exactly this value. */
export function userIdOf(claims: Claims | undefined): string | null {
  const sub = claims?.['sub'];
  return typeof sub === 'string' ? sub : null;
}
