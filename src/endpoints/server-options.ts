import type { AnyMutatorRegistry, AnyQueryRegistry, Schema } from '@rocicorp/zero';
import type { ZQLDatabase } from '@rocicorp/zero/server';
import type { AccessRules, Claims } from '../model/rule.ts';
import type { QueryLimits } from './query-limits.ts';

/** Authenticates a request: returns the claims of its token, or nothing if it is anonymous. */
export type Identify = (request: Request) => Claims | undefined | Promise<Claims | undefined>;

/** The options of `createServer`. */
export interface ServerOptions<S extends Schema, T> {
  readonly schema: S;
  /** From `defineQueries`. Clients can run no other queries. */
  readonly queries: AnyQueryRegistry;
  /**
   * From `defineMutators`. Replace client mutators on the server as usual in Zero:
   * `defineMutators(mutators, overrides)`.
   */
  readonly mutators: AnyMutatorRegistry;
  readonly rules: AccessRules;
  /** The database, through an adapter of Zero: `zeroDrizzle(schema, db)`. */
  readonly database: ZQLDatabase<S, T>;
  /**
   * `bearer(...)`, or a function. An `IdentityUnavailable` error is answered with 503,
   * any other error with 401.
   */
  readonly identity: Identify;
  /**
   * The role whose row-level security applies to mutators: the `role` of `defineAccess`,
   * `app_user` by default. The login role must be a member of it, and must be a superuser
   * or have BYPASSRLS. Set `false` if the database has no policies; then only the guard
   * enforces the rules.
   */
  readonly role?: string | false;
  /** Builds the application's context of queries and mutators; by default `sub` and `roles`. */
  readonly context?: (claims: Claims) => object;
  /**
   * Columns, by their names in the schema, whose client times are limited to the database's
   * time.
   */
  readonly clocks?: readonly string[];
  /**
   * The key that zero-cache sends (ZERO_QUERY_API_KEY, ZERO_MUTATE_API_KEY); other callers
   * get 403. `createServer` throws if it is undefined or empty. `false` is for endpoints
   * that only zero-cache can reach: anyone else who reaches them can write in the name of
   * any client whose ids they know.
   */
  readonly apiKey: string | false | undefined;
  /** Limits on queries: see {@link QueryLimits}. */
  readonly queryLimits?: Partial<QueryLimits>;
  /** The app id of zero-cache (ZERO_APP_ID): `zero` by default. */
  readonly appID?: string;
  /** Receives errors for the server's log. Clients do not receive their details. */
  readonly onError?: (error: unknown) => void;
}

/** Capabilities of the host for one request. */
export interface RequestOptions {
  /**
   * Accepts work that continues after the response, as offered by serverless hosts. Without
   * it, the response waits.
   */
  readonly waitUntil?: (effects: Promise<void>) => void;
}
