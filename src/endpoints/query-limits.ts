import { createHash } from 'node:crypto';
import type { Claims } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';

/** Limits on compiled queries. Each query over a limit gets an error. */
export interface QueryLimits {
  /**
   * Queries per request: 200. zero-cache sends all queries of a client group again when it
   * reconnects, so this also limits how many queries a page can keep open.
   */
  readonly perRequest: number;
  /** Different queries of one client per minute: 600. Each process counts separately. */
  readonly perMinute: number;
  /**
   * The client that `perMinute` counts for: by default the token's subject. If it is
   * undefined, nothing is counted. For anonymous users, return a header that your proxy
   * sets.
   */
  readonly client: (request: Request, claims: Claims | undefined) => string | undefined;
}

const DEFAULTS: QueryLimits = {
  perRequest: 200,
  perMinute: 600,
  client: (_, claims) => {
    const sub = claims?.['sub'];
    return typeof sub === 'string' ? sub : undefined;
  },
};

const MINUTE = 60_000;

/** For each query of a request, the reason for its refusal, or `undefined`. */
export type QueryAllowance = (
  request: Request,
  claims: Claims | undefined,
  queries: readonly unknown[],
) => readonly (string | undefined)[];

/** Counts the queries of each client. */
export function queryAllowance(limits: Partial<QueryLimits> = {}): QueryAllowance {
  const { perRequest, perMinute, client } = { ...DEFAULTS, ...limits };
  for (const [name, limit] of Object.entries({ perRequest, perMinute })) {
    if (typeof limit !== 'number' || !(limit >= 1)) throw noLimit(name, limit);
  }
  /** For each client, the time of its last request for each query. */
  const clients = new Map<string, Map<string, number>>();
  let swept = 0;
  const forget = (now: number): void => {
    if (now - swept < MINUTE) return;
    swept = now;
    for (const [name, recent] of clients) {
      dropOld(recent, now);
      if (recent.size === 0) clients.delete(name);
    }
  };
  const recentQueriesOf = (name: string, now: number): Map<string, number> => {
    const recent = clients.get(name) ?? new Map<string, number>();
    clients.set(name, recent);
    dropOld(recent, now);
    return recent;
  };

  return (request, claims, queries) => {
    const now = Date.now();
    forget(now);
    const name = client(request, claims);
    const recent = name === undefined ? undefined : recentQueriesOf(name, now);
    return queries.map((query, at) => {
      if (at >= perRequest)
        return `too many queries in one request: at most ${perRequest} are answered.`;
      if (recent === undefined) return undefined;
      const id = idOf(query);
      if (!recent.has(id) && recent.size >= perMinute) {
        return `too many queries: at most ${perMinute} different ones are answered per minute.`;
      }
      // Deleting the entry first moves it to the end, so that the map is ordered by time.
      recent.delete(id);
      recent.set(id, now);
      return undefined;
    });
  };
}

function dropOld(recent: Map<string, number>, now: number): void {
  for (const [id, time] of recent) {
    if (now - time < MINUTE) return;
    recent.delete(id);
  }
}

/** Identifies a query by name and arguments; the client chooses the id in the message. */
function idOf(query: unknown): string {
  const { name, args } = (query ?? {}) as { readonly name?: unknown; readonly args?: unknown };
  return createHash('sha256')
    .update(JSON.stringify([name, args]))
    .digest('base64');
}

const noLimit = (name: string, limit: unknown): ProblemError =>
  new ProblemError({
    code: 'server/query-limits',
    message: `queryLimits.${name} is ${String(limit)}, but must be a number of at least 1.`,
    fix: 'correct it, or set Infinity for no limit.',
  });
