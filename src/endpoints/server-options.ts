import type { AnyMutatorRegistry, AnyQueryRegistry, Schema } from '@rocicorp/zero';
import type { ZQLDatabase } from '@rocicorp/zero/server';
import type { AccessRules, Claims } from '../model/rule.ts';
import type { QueryLimits } from './query-limits.ts';

/** Who asks: the claims of a token, or nothing for somebody who is not signed in. */
export type Identify = (request: Request) => Claims | undefined | Promise<Claims | undefined>;

/** What a server is made of. */
export interface ServerOptions<S extends Schema, T> {
  readonly schema: S;
  /** From `defineQueries`. Clients can ask for nothing else. */
  readonly queries: AnyQueryRegistry;
  /**
   * From `defineMutators`. What the server does otherwise than the client is said in
   * Zero's own way: `defineMutators(mutators, overrides)`.
   */
  readonly mutators: AnyMutatorRegistry;
  readonly rules: AccessRules;
  /** The database through one of Zero's adapters: `zeroDrizzle(schema, db)`. */
  readonly database: ZQLDatabase<S, T>;
  /**
   * `bearer(...)`, or a function. What it throws is answered with 401, and an
   * `IdentityUnavailable` with 503.
   */
  readonly identity: Identify;
  /**
   * The role whose row-level security mutators run under: that of `defineAccess`. The
   * login must be a member of it, and a superuser or have BYPASSRLS. `false` where the
   * database has no policies; the guard then decides alone. `app_user` where it is left out.
   */
  readonly role?: string | false;
  /** The context of queries and mutators, as the application declares it; `sub` and `roles` else. */
  readonly context?: (claims: Claims) => object;
  /** Columns, by their names in the schema, that no client sets ahead of the database's clock. */
  readonly clocks?: readonly string[];
  /**
   * The key that zero-cache sends (ZERO_QUERY_API_KEY, ZERO_MUTATE_API_KEY); others get
   * 403. `createServer` throws where it is undefined or empty. `false` is for endpoints
   * that nobody but zero-cache can reach: whoever reaches them can write in the name of
   * any client whose ids they know.
   */
  readonly apiKey: string | false | undefined;
  /** How many queries are answered: see {@link QueryLimits}. */
  readonly queryLimits?: Partial<QueryLimits>;
  /** The name of zero-cache's deployment (ZERO_APP_ID): `zero` where it is left out. */
  readonly appID?: string;
  /** What went wrong, for the server's log. Clients are told nothing of it. */
  readonly onError?: (error: unknown) => void;
}

/** What a host can do for one request. */
export interface RequestOptions {
  /** Takes what may go on after the answer, as serverless hosts offer it. Otherwise the answer waits. */
  readonly waitUntil?: (effects: Promise<void>) => void;
}
