import { setTimeout as sleep } from 'node:timers/promises';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import {
  MCP_ROLE,
  mcpServer,
  openPackage,
  recordPackageUse,
  searchPackages,
} from '../../src/apps/mcp/server/index.ts';
import { schema } from '../../src/apps/mcp/zero/index.ts';
import { newId } from '../../src/kit/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { steadySql } from '../../src/postgres/steady-sql.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { asPrincipal, bearer, type SyncServer } from '../../src/server.ts';
import { BOOKS, Client, mutate, SECRET, token } from '../sync/garden-server.fixture.ts';
import { BAD_ROWS, badInsert, goodRow } from './bad-rows.ts';

// These tests need several connections, or the stack of a server.

let sql: Sql;
let own: Sql;
let db: AnyDatabase;
let server: SyncServer;
const errors: unknown[] = [];
let user: string;
let bearerToken: string;
let packageId: string;

beforeAll(async () => {
  const url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: mcpMigrations });
  sql = postgres(url, { max: 4, onnotice: () => {} });
  own = postgres(url, { max: 4, onnotice: () => {} });
  await sql.unsafe(BOOKS);
  const typed = drizzle(steadySql(own));
  db = typed;
  server = mcpServer({
    database: zeroDrizzle(schema, typed),
    identity: bearer({ secret: SECRET, audience: 'mcp' }),
    apiKey: false,
    onError: (error) => void errors.push(error),
  });
});
afterAll(() => Promise.all([sql?.end(), own?.end()]));
beforeEach(async () => {
  errors.length = 0;
  user = newId();
  bearerToken = await token({ sub: user }, { audience: 'mcp' });
  await sql`insert into users values (${user}, 'Ada', now(), now())`;
  const row = { ...goodRow(user), visibility: 'public' };
  packageId = String(row['id' as keyof typeof row]);
  await send('rows.packages.insert', row);
});

const send = (name: string, args: unknown) =>
  mutate(server, new Client(), { name, args }, bearerToken);

/** Deletes the user in a transaction that commits when the other work waits for it. */
async function whileDeleting<Result>(work: () => Promise<Result>): Promise<Result> {
  let result: Promise<Result> | undefined;
  await sql.begin(async (tx) => {
    await tx`delete from users where id = ${user}`;
    result = work();
    // Handled below.
    result.catch(() => undefined);
    await untilWaiting();
  });
  return result!;
}

async function untilWaiting(): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) {
    const [row] = await sql<{ waits: boolean }[]>`
      select exists (select from pg_stat_activity where wait_event_type = 'Lock') as waits`;
    if (row?.waits) return;
    await sleep(20);
  }
  throw new Error('nothing waits for the deletion');
}

const left = async (): Promise<unknown> => {
  const [row] = await sql`select
    (select count(*)::int from packages where user_id = ${user}) as packages,
    (select count(*)::int from package_versions where package_id = ${packageId}) as versions,
    (select count(*)::int from package_usage where package_id = ${packageId}) as usage`;
  return row;
};
const NOTHING = { packages: 0, versions: 0, usage: 0 };

test('an insert is refused by its foreign key', async () => {
  const answer = await whileDeleting(() => send('rows.packages.insert', goodRow(user)));
  expect(answer).toMatchObject({
    error: 'app',
    details: { code: 'sync/constraint', constraint: 'fk_packages_user_id_users' },
  });
  expect(await left()).toEqual(NOTHING);
  expect(errors).toEqual([]);
});

test('an update changes nothing, and a restore finds no version', async () => {
  await sql`update packages set description = 'second' where id = ${packageId}`;
  const answer = await whileDeleting(() =>
    send('rows.packages.update', { id: packageId, description: 'third' }),
  );
  // Like an update of a row that never existed.
  expect(answer).toEqual({});
  expect(await send('packages.restore', { id: packageId, version: 1, at: 0 })).toMatchObject({
    details: { code: 'mcp/no-version' },
  });
  expect(await left()).toEqual(NOTHING);
  expect(errors).toEqual([]);
});

test('a use of the package is not counted', async () => {
  const others = { role: MCP_ROLE, claims: { sub: newId() } };
  const used = await whileDeleting(() =>
    asPrincipal(db, others, (tx) => recordPackageUse(tx, packageId)),
  );
  expect(used).toBeUndefined();
  expect(await left()).toEqual(NOTHING);
});

test('the token of a deleted user finds nothing of theirs', async () => {
  await sql`delete from users where id = ${user}`;
  const principal = { role: MCP_ROLE, claims: { sub: user } };
  expect(await asPrincipal(db, principal, (tx) => searchPackages(tx, {}))).toEqual([]);
  expect(await asPrincipal(db, principal, (tx) => openPackage(tx, packageId))).toBeUndefined();
  expect(await left()).toEqual(NOTHING);
});

test.each(BAD_ROWS.filter(({ needsServer }) => needsServer))(
  '$title: Postgres refuses it to the role of the app',
  async (bad) => {
    const run = sql.begin(async (tx) => {
      await tx`select set_config('role', ${MCP_ROLE}, true), set_config('request.jwt.claims', ${JSON.stringify({ sub: user })}, true)`;
      await tx.unsafe(badInsert(user, bad));
    });
    await expect(run).rejects.toMatchObject({ code: bad.states?.[0] });
  },
);

test('a search by deep metadata finds nothing, or exceeds the stack of Postgres', async () => {
  const search = (levels: number) =>
    sql.unsafe(
      `select from search_packages(has_metadata => (repeat('[', ${levels}) || repeat(']', ${levels}))::jsonb)`,
    );
  expect(await search(10_000)).toHaveLength(0);
  await expect(search(100_000)).rejects.toMatchObject({ code: '54001' });
});
