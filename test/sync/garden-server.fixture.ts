import type { PGlite } from '@electric-sql/pglite';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/pglite';
import { SignJWT } from 'jose';
import { gardenServer as createGardenServer } from '../../src/apps/garden/server/index.ts';
import * as garden from '../../src/apps/garden/index.ts';
import { newId } from '../../src/kit/index.ts';
import {
  accessRules,
  bearer,
  createServer,
  type ServerOptions,
  type SyncServer,
} from '../../src/server.ts';
import { testDatabase } from '../../src/testing.ts';
import { mutators, queries, schema } from '../../src/apps/garden/zero/index.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

export const rules = accessRules(garden);

/** Zero's bookkeeping tables, as zero-cache creates them. */
export const BOOKS = `
  create schema zero_0;
  create table zero_0.clients (
    "clientGroupID" text not null, "clientID" text not null, "lastMutationID" bigint not null,
    "userID" text, primary key ("clientGroupID", "clientID"));
  create table zero_0.mutations (
    "clientGroupID" text not null, "clientID" text not null, "mutationID" bigint not null,
    result json not null, primary key ("clientGroupID", "clientID", "mutationID"));`;

export const SECRET = 'a secret of the tests, of enough bytes';
const secret = new TextEncoder().encode(SECRET);

/** A token as the identity provider signs it. */
export function token(
  claims: Record<string, unknown>,
  { key = secret, expires = '5m', audience = 'garden' } = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(expires)
    .setAudience(audience)
    .sign(key);
}

/** A request as zero-cache sends it. */
export function post(path: string, body: unknown, bearer?: string): Request {
  const url = new URL(path, 'http://api.test');
  url.searchParams.set('schema', 'zero_0');
  url.searchParams.set('appID', 'zero');
  return new Request(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export interface Answer {
  readonly error?: string;
  readonly message?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A client of zero-cache, which numbers its mutations. */
export class Client {
  readonly id = newId();
  readonly group = newId();
  last = 0;

  push(...mutations: readonly { name: string; args?: unknown; id?: number }[]): object {
    return {
      clientGroupID: this.group,
      pushVersion: 1,
      requestID: newId(),
      timestamp: Date.now(),
      mutations: mutations.map(({ name, args, id = ++this.last }) => ({
        type: 'custom',
        id,
        clientID: this.id,
        name,
        args: args === undefined ? [] : [args],
        timestamp: Date.now(),
      })),
    };
  }
}

export interface GardenServer extends AsyncDisposable {
  readonly client: PGlite;
  readonly server: SyncServer;
  /** Errors in the server's log. */
  readonly errors: unknown[];
  /** Statements since the list was last cleared. */
  readonly statements: string[];
  /** Another server on the same database. */
  with(options: Partial<ServerOptions<typeof schema, never>>): SyncServer;
  rows(sql: string, params?: unknown[]): Promise<readonly Record<string, unknown>[]>;
}

/** The garden's endpoints on a migrated PGlite. */
export async function gardenServer(): Promise<GardenServer> {
  const test = await testDatabase({ folder: gardenMigrations });
  await test.client.exec(BOOKS);
  const errors: unknown[] = [];
  const statements: string[] = [];
  const db = drizzle(test.client, { logger: { logQuery: (sql) => statements.push(sql) } });
  const database = zeroDrizzle(schema, db);
  const own = {
    database,
    identity: bearer({ secret: SECRET, audience: 'garden' }),
    apiKey: false as const,
    onError: (error: unknown) => void errors.push(error),
  };
  return {
    client: test.client,
    server: createGardenServer(own),
    errors,
    statements,
    with: (options) =>
      createServer<typeof schema, never>({
        ...own,
        schema,
        queries,
        mutators,
        rules,
        // The mutators of the tests know the types of their arguments.
        database: database as never,
        role: 'garden_user',
        ...options,
      }),
    rows: async (sql, params) =>
      (await test.client.query<Record<string, unknown>>(sql, params)).rows,
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

/** Runs one mutation, and returns its result. */
export async function mutate(
  server: SyncServer,
  client: Client,
  mutation: { name: string; args?: unknown },
  bearer?: string,
): Promise<Answer> {
  const response = await server.mutate(post('/mutate', client.push(mutation), bearer));
  const body = (await response.json()) as { mutations?: { result: Answer }[] };
  const result = body.mutations?.[0]?.result;
  if (!result) throw new Error(`no result: ${JSON.stringify(body)}`);
  return result;
}
