import { createHash } from 'node:crypto';
import type { Claims } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';

/** How many queries are compiled. Those beyond a limit are answered with an error each. */
export interface QueryLimits {
  /**
   * Queries in one request: 200. zero-cache sends all that a group of clients holds when
   * it connects again, so this also bounds what a page can hold for long.
   */
  readonly perRequest: number;
  /** Different queries of one client within a minute: 600. Each process counts for itself. */
  readonly perMinute: number;
  /**
   * Whom `perMinute` counts for: the token's subject. Without a name nothing is counted;
   * for people who are not signed in, name a header that your proxy sets.
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

/** Says of each query of a request why it is refused; `undefined` where it is not. */
export type QueryAllowance = (
  request: Request,
  claims: Claims | undefined,
  queries: readonly unknown[],
) => readonly (string | undefined)[];

/** Counts what clients ask for. */
export function queryAllowance(limits: Partial<QueryLimits> = {}): QueryAllowance {
  const { perRequest, perMinute, client } = { ...DEFAULTS, ...limits };
  for (const [name, limit] of Object.entries({ perRequest, perMinute })) {
    if (typeof limit !== 'number' || !(limit >= 1)) throw noLimit(name, limit);
  }
  /** For each client, when it last asked for which query. */
  const clients = new Map<string, Map<string, number>>();
  let swept = 0;
  const forget = (now: number): void => {
    if (now - swept < MINUTE) return;
    swept = now;
    for (const [name, asked] of clients) {
      dropOld(asked, now);
      if (asked.size === 0) clients.delete(name);
    }
  };
  const askedBy = (name: string, now: number): Map<string, number> => {
    const asked = clients.get(name) ?? new Map<string, number>();
    clients.set(name, asked);
    dropOld(asked, now);
    return asked;
  };

  return (request, claims, queries) => {
    const now = Date.now();
    forget(now);
    const name = client(request, claims);
    const asked = name === undefined ? undefined : askedBy(name, now);
    return queries.map((query, at) => {
      if (at >= perRequest) return `too many queries in one request: ${perRequest} are answered.`;
      if (asked === undefined) return undefined;
      const id = idOf(query);
      if (!asked.has(id) && asked.size >= perMinute) {
        return `too many queries: ${perMinute} different ones are answered within a minute.`;
      }
      // Deleted first, so that the oldest stays in front.
      asked.delete(id);
      asked.set(id, now);
      return undefined;
    });
  };
}

function dropOld(asked: Map<string, number>, now: number): void {
  for (const [id, time] of asked) {
    if (now - time < MINUTE) return;
    asked.delete(id);
  }
}

/** By what is asked; the id in the message is the client's own choice. */
function idOf(query: unknown): string {
  const { name, args } = (query ?? {}) as { readonly name?: unknown; readonly args?: unknown };
  return createHash('sha256')
    .update(JSON.stringify([name, args]))
    .digest('base64');
}

const noLimit = (name: string, limit: unknown): ProblemError =>
  new ProblemError({
    code: 'server/query-limits',
    message: `queryLimits.${name} is ${String(limit)}, which is no number of queries.`,
    fix: 'give a number from 1 on; Infinity for no limit.',
  });
