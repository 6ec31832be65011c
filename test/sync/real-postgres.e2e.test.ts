import { defineMutator, defineMutators } from '@rocicorp/zero';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { gardenServer } from '../../src/apps/garden/server/index.ts';
import { serverMutators } from '../../src/apps/garden/server/server-mutators.ts';
import { newId } from '../../src/kit/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import {
  bearer,
  createServer,
  steadySql,
  type ServerContext,
  type SyncServer,
} from '../../src/server.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { openWire } from '../../src/processes/wire.fixture.ts';
import { queries, schema } from '../../src/apps/garden/zero/index.ts';
import { DEFERRED } from './deferred.fixture.ts';
import { BOOKS, Client, mutate, post, rules, SECRET, token } from './garden-server.fixture.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

/**
 * The login role of a server: not a superuser, with BYPASSRLS, and a member of the application's
 * role.
 */
const LOGIN = `
  create role garden_server login bypassrls password 'of the tests';
  alter role garden_server set deadlock_timeout = '50ms';
  grant garden_user to garden_server;
  grant usage on schema zero_0, queue to garden_server;
  grant execute on all functions in schema queue to garden_server;
  grant select, insert, update, delete on all tables in schema public, zero_0 to garden_server;`;

let url: string;
let owner: Sql;
let login: Sql;
let server: SyncServer;
let own: (
  run: (given: { tx: never; ctx: ServerContext; args: never }) => Promise<void>,
) => SyncServer;
const errors: unknown[] = [];
const people = Array.from({ length: 6 }, () => newId());
const [ann = '', ben = ''] = people;

beforeAll(async () => {
  url = await (await sharedPostgres()).createDatabase();
  await migrate(url, { folder: gardenMigrations });
  owner = postgres(url, { max: 2, onnotice: () => {} });
  await owner.unsafe(BOOKS + LOGIN);
  const address = new URL(url);
  address.username = 'garden_server';
  address.password = 'of the tests';
  login = postgres(address.href, { max: 12, onnotice: () => {} });
  const database = zeroDrizzle(schema, drizzle(login));
  const options = {
    database,
    identity: bearer({ secret: SECRET, audience: 'garden' }),
    apiKey: false as const,
    onError: (error: unknown) => void errors.push(error),
  };
  server = gardenServer(options);
  own = (run) =>
    createServer<typeof schema, never>({
      ...options,
      schema,
      queries,
      rules,
      role: 'garden_user',
      // The mutators of the tests know the types of their arguments.
      database: database as never,
      mutators: defineMutators({ own: defineMutator(run as never) } as never) as never,
    });
});
beforeEach(async () => {
  await owner`truncate account, packages, tags, package_requests, zero_0.clients, zero_0.mutations cascade`;
  for (const id of people) await owner`insert into account values (${id}, 'x', null, now(), now())`;
  errors.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => Promise.all([owner?.end(), login?.end()]));

const newRequest = (packageName: string) => ({
  name: 'requests.create',
  args: { id: newId(), packageName, registry: 'npm', at: Date.now() },
});

test("a login role that is not a superuser writes as the application's role, and is refused by its rules", async () => {
  const bearer = await token({ sub: ann });
  const client = new Client();
  const mine = { name: 'rows.account.update', args: { id: ann, name: 'Ann' } };
  expect(await mutate(server, client, mine, bearer)).toEqual({});
  const other = { name: 'rows.account.update', args: { id: ben, name: 'Eve' } };
  expect(await mutate(server, client, other, bearer)).toMatchObject({
    message: 'denied: account.update, by the rule update.from.',
  });
  const tag = { id: newId(), name: 'x', slug: 'x', at: Date.now() };
  expect(await mutate(server, client, { name: 'tags.create', args: tag }, bearer)).toMatchObject({
    message: 'denied: tags.insert, by the rule insert.',
  });
  expect(await owner`select name from account where id in (${ann}, ${ben}) order by name`).toEqual([
    { name: 'Ann' },
    { name: 'x' },
  ]);
  expect(errors).toEqual([]);
  // The role is reset at the end of the transaction.
  expect(
    await login`select current_user::text as who, current_setting('request.jwt.claims', true) as claims`,
  ).toEqual([{ who: 'garden_server', claims: '' }]);
});

test('concurrent requests exceed neither the user limit nor one per package', async () => {
  const tokens = await Promise.all(people.map((sub) => token({ sub })));
  const many = await Promise.all(
    Array.from({ length: 30 }, (_, at) =>
      mutate(server, new Client(), newRequest(`p${at}`), tokens[0]),
    ),
  );
  expect(many.filter(({ error }) => error === undefined)).toHaveLength(20);
  expect(many.filter(({ details }) => details?.['code'] === 'requests/limited')).toHaveLength(10);
  const same = await Promise.all(
    tokens.slice(1).map((bearer) => mutate(server, new Client(), newRequest('react'), bearer)),
  );
  expect(same.filter(({ error }) => error === undefined)).toHaveLength(1);
  expect(same.filter(({ details }) => details?.['code'] === 'requests/active')).toHaveLength(4);
});

test('conflicting transactions are retried', async () => {
  const [one, two] = [newId(), newId()];
  for (const id of [one, two]) {
    await owner`insert into tags (id, name, slug, created_at, updated_at) values (${id}, ${id}, ${id}, now(), now())`;
  }
  let [runs, holding] = [0, 0];
  const both = Promise.withResolvers<void>();
  const crossing = own(async ({ tx, args }) => {
    const { tags } = (tx as { mutate: { tags: { update(row: object): Promise<void> } } }).mutate;
    const [first, second] = args as readonly [string, string];
    runs += 1;
    await tags.update({ id: first, description: 'first' });
    // Each locks its first row before it requests the other's.
    holding += 1;
    if (holding >= 2) both.resolve();
    await both.promise;
    await tags.update({ id: second, description: 'second' });
  });
  const bearer = await token({ sub: ann, roles: ['admin'] });
  const answers = await Promise.all([
    mutate(crossing, new Client(), { name: 'own', args: [one, two] }, bearer),
    mutate(crossing, new Client(), { name: 'own', args: [two, one] }, bearer),
  ]);
  expect(answers).toEqual([{}, {}]);
  expect(runs).toBe(3);
});

test('a violation at COMMIT is reported without SQL, and logged', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  await owner.unsafe(
    `${DEFERRED} grant insert on promised, watched to garden_server; grant select on promised to garden_server;`,
  );
  const bearer = await token({ sub: ann });
  for (const [statement, message] of [
    ['insert into promised values (7, 8)', 'refused: the constraint promised_fk is violated.'],
    ["insert into watched values ('hunter2')", 'the server failed.'],
  ] as const) {
    const server = own(async ({ ctx }) => {
      await ctx.asServer((db) =>
        (db as { execute(sql: string): Promise<unknown> }).execute(statement),
      );
    });
    const answer = await mutate(server, new Client(), { name: 'own' }, bearer);
    expect(answer).toMatchObject({ error: 'app', message });
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|violates|Key \(/);
  }
  expect(errors.map((error) => (error as Error).message)).toEqual([
    expect.stringContaining('violates foreign key constraint "promised_fk"'),
    'the note hunter2 is not wanted',
  ]);
});

test('a mutation gets no final answer while the database is unreachable', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const nowhere = postgres('postgres://nobody@127.0.0.1:1/nothing', { max: 1, onnotice: () => {} });
  try {
    const lost = gardenServer({
      database: zeroDrizzle(schema, drizzle(nowhere)),
      identity: bearer({ secret: SECRET, audience: 'garden' }),
      apiKey: false,
      onError: (error) => errors.push(error),
    });
    const body = new Client().push(newRequest('react'));
    const response = await lost.mutate(post('/mutate', body, await token({ sub: ann })));
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ error: 'the server failed; try again.' });
    expect(String(errors)).toContain('ECONNREFUSED');
  } finally {
    await nowhere.end({ timeout: 1 });
  }
});

test('missing privileges of the login role are reported, and clients keep their mutations', async () => {
  await owner.unsafe(`
    create role weak login password 'x'; grant garden_user to weak;
    create role stranger login bypassrls password 'x';
    grant usage on schema zero_0, queue to weak, stranger;
    grant execute on all functions in schema queue to weak, stranger;
    grant select, insert, update, delete on all tables in schema public, zero_0 to weak, stranger;`);
  const serverOf = (name: string, role = 'garden_user') => {
    const address = new URL(url);
    address.username = name;
    address.password = 'x';
    const client = postgres(address.href, { max: 1, onnotice: () => {} });
    opened.push(client);
    const database = zeroDrizzle(schema, drizzle(client));
    return createServer({
      schema,
      queries,
      mutators: serverMutators(),
      rules,
      role,
      database,
      identity: bearer({ secret: SECRET, audience: 'garden' }),
      apiKey: false,
      onError: (error: unknown) => void errors.push(error),
    });
  };
  const opened: Sql[] = [];
  try {
    const weak = serverOf('weak');
    await expect(weak.check()).rejects.toThrow(/subject to row-level security/);
    await owner`create role blind login bypassrls password 'x'`;
    await owner`grant garden_user to blind`;
    await owner`revoke select on account from garden_user`;
    await expect(serverOf('blind').check()).rejects.toThrow(
      '"blind", the login role of the endpoints, may not read account.',
    );
    await owner`grant select on account to garden_user`;
    const nowhere = serverOf('stranger', 'nobody_at_all');
    await expect(nowhere.check()).rejects.toThrow(/there is no role nobody_at_all/);
    const stranger = serverOf('stranger');
    await expect(stranger.check()).rejects.toThrow(
      /"stranger".* may not switch to the role garden_user/,
    );
    await expect(server.check()).resolves.toBeUndefined();

    const bearer = await token({ sub: ann });
    const mine = [{ name: 'rows.account.update', args: { id: ann, name: 'Ann' } }] as const;
    const client = new Client();
    const push = client.push(...mine);
    const refused = await stranger.mutate(post('/mutate', push, bearer));
    expect(refused.status).toBe(503);
    expect(String(errors.at(-1))).toContain('may not switch to the role');
    // After the grant, the same mutation is sent again and succeeds.
    await owner`grant garden_user to stranger`;
    expect((await stranger.mutate(post('/mutate', push, bearer))).status).toBe(200);
    expect(await owner`select name from account where id = ${ann}`).toEqual([{ name: 'Ann' }]);
  } finally {
    await Promise.all(opened.map((client) => client.end()));
  }
});

test('a connection that closes in a transaction only fails that transaction', async () => {
  await using wire = await openWire(`http://127.0.0.1:${new URL(url).port}`);
  const address = new URL(url);
  address.port = new URL(wire.url).port;
  const sql = steadySql(postgres(address.href, { max: 1, onnotice: () => {} }));
  try {
    // The ROLLBACK would be sent to the closed socket, and its error would reach no
    // handler.
    const cut = sql.begin(async (tx) => {
      // Waits until there is a connection to close.
      await tx`select 1`;
      setTimeout(() => wire.cut(), 100);
      await tx`select pg_sleep(10)`;
    });
    await expect(cut).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    wire.mend();
    expect(await sql.begin((tx) => tx`select 1 as one`)).toEqual([{ one: 1 }]);
    await expect(sql.begin((tx) => tx`select 1 / 0`)).rejects.toMatchObject({ code: '22012' });
  } finally {
    await sql.end({ timeout: 1 });
  }
});
