import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyMutatorRegistry, AnyQueryRegistry, Schema } from '@rocicorp/zero';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import type { AccessRules } from '../../src/model/rule.ts';
import { migrate } from '../../src/migrations/index.ts';
import { steadySql } from '../../src/postgres/steady-sql.ts';
import { bearer, createServer, type QueryLimits, type SyncServer } from '../../src/server.ts';
import { attempt } from '../../src/processes/attempt.ts';
import { freePorts } from '../../src/processes/free-ports.ts';
import { startPostgres, type PostgresServer } from '../../src/processes/postgres-server.ts';
import { serveFetch } from '../../src/processes/serve-fetch.ts';
import { startZeroCache, type ZeroCache } from '../../src/processes/zero-cache.ts';
import { killTree } from '../process-tree.ts';
import { SECRET } from '../sync/garden-server.fixture.ts';

const API_KEY = randomBytes(32).toString('base64');

/** The parts of an app that sync needs. */
export interface SyncedParts<S extends Schema> {
  /** Also the audience of its tokens. */
  readonly name: string;
  /** The migrations folder. */
  readonly migrations: string;
  readonly schema: S;
  readonly queries: AnyQueryRegistry;
  readonly mutators: AnyMutatorRegistry;
  readonly rules: AccessRules;
  /** The role that user requests run as. */
  readonly role: string;
  readonly publication: string;
  readonly queryLimits?: Partial<QueryLimits>;
}

/** An app on real servers, whose endpoints run in this process. */
export interface SyncedApp<S extends Schema> extends AsyncDisposable {
  readonly databaseUrl: string;
  /** A connection as a superuser, who bypasses the rules. */
  readonly sql: Sql;
  readonly cacheUrl: string;
  /** The key that zero-cache sends to the endpoints. */
  readonly apiKey: string;
  /** Errors in the endpoints' log. */
  readonly errors: unknown[];
  /** Sets the server that answers zero-cache; without an argument, restores the default. */
  answerWith(server?: (request: Request) => Promise<Response>): void;
  /** The app's endpoints with other rules, or with another schema. */
  serverWith(other: { readonly rules?: AccessRules; readonly schema?: S }): SyncServer;
  /** Kills all processes of zero-cache at once, and restarts it with its old data. */
  killCache(): Promise<void>;
  /** The same for Postgres. */
  killPostgres(): Promise<void>;
}

export interface SyncedOptions {
  /** Fills the database before zero-cache copies it. */
  readonly plant?: (databaseUrl: string) => Promise<unknown>;
  /** Environment variables of zero-cache. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startSyncedApp<S extends Schema>(
  app: SyncedParts<S>,
  { plant, env = {} }: SyncedOptions = {},
): Promise<SyncedApp<S>> {
  const folder = await mkdtemp(join(tmpdir(), `garden-synced-${app.name}-`));
  // Postgres runs as a separate user.
  await chmod(folder, 0o755);
  const stops: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).toReversed()) await one();
  };
  try {
    const port = await freePorts();
    const openPostgres = (): Promise<PostgresServer> =>
      // Its killed processes may still hold shared memory.
      attempt(10, () =>
        startPostgres({
          keepIn: join(folder, 'postgres'),
          port,
          settings: { wal_level: 'logical' },
        }),
      );
    let server = await openPostgres();
    stops.push(() => server.stop());
    const databaseUrl = await server.createDatabase(app.name);
    await migrate(databaseUrl, { folder: app.migrations });
    await plant?.(databaseUrl);
    const sql = postgres(databaseUrl, { max: 4, onnotice: () => {}, connect_timeout: 5 });
    const client = steadySql(
      postgres(databaseUrl, { max: 8, onnotice: () => {}, connect_timeout: 5 }),
    );
    stops.push(() => Promise.all([sql.end({ timeout: 1 }), client.end({ timeout: 1 })]));

    const errors: unknown[] = [];
    const serverWith: SyncedApp<S>['serverWith'] = (other) =>
      createServer({
        schema: other.schema ?? app.schema,
        queries: app.queries,
        mutators: app.mutators,
        rules: other.rules ?? app.rules,
        database: zeroDrizzle(other.schema ?? app.schema, drizzle(client)),
        identity: bearer({ secret: SECRET, audience: app.name }),
        apiKey: API_KEY,
        role: app.role,
        onError: (error) => void errors.push(error),
        ...(app.queryLimits && { queryLimits: app.queryLimits }),
      });
    const own = serverWith({}).handler;
    let answer: (request: Request) => Promise<Response> = own;
    const endpoint = await serveFetch((request) => answer(request));
    stops.push(() => endpoint.stop());

    const cachePort = await freePorts(3);
    const openCache = (): Promise<ZeroCache> =>
      startZeroCache({
        upstream: databaseUrl,
        publications: [app.publication],
        queryUrl: `${endpoint.url}/query`,
        mutateUrl: `${endpoint.url}/mutate`,
        port: cachePort,
        keepIn: join(folder, 'zero'),
        apiKey: API_KEY,
        env,
      });
    let stopping = false;
    // Restarts it when it ends, whether it was killed or lost Postgres.
    const keepCache = async (): Promise<ZeroCache> => {
      const opened = await attempt(20, openCache, () => !stopping);
      void (async () => {
        await opened.ended;
        if (!stopping) cache = opened.stop().then(keepCache);
      })();
      return opened;
    };
    let cache = keepCache();
    stops.push(async () => {
      stopping = true;
      await (await cache).stop();
    });
    const { url: cacheUrl } = await cache;
    return {
      databaseUrl,
      sql,
      cacheUrl,
      apiKey: API_KEY,
      errors,
      answerWith: (next = own) => {
        answer = next;
      },
      serverWith,
      async killCache() {
        const { pid, ended } = await cache;
        await killTree(pid);
        await ended;
        await cache;
      },
      async killPostgres() {
        await killTree(server.pid);
        await server.stop();
        server = await openPostgres();
      },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
