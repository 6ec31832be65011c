import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../src/report/problem.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { openSettings } from '../../src/server.ts';
import { install } from '../kit/install.ts';
import { definitions, settings, settingsSchema } from './app-settings.ts';

let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  url = await (await sharedPostgres()).createDatabase();
  sql = postgres(url, { max: 4, onnotice: () => {} });
  await install({ exec: (text: string) => sql.unsafe(text).simple() } as never, settingsSchema);
});
beforeEach(() => sql`delete from settings`);
afterAll(() => sql.end());

const open = (problems: Problem[] = [], database = url) =>
  openSettings(definitions, {
    table: settings,
    database,
    onProblem: (problem) => void problems.push(problem),
  });
const ADA = '0197a3c5-0000-7000-8000-000000000001';
const killListeners = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'garden settings'`;

test('a change of one process is effective in another within a second', async () => {
  await using one = await open();
  await using other = await open();
  const started = performance.now();
  await one.set('model', 'large', ADA);
  expect(one.get('model')).toBe('large');
  await expect.poll(() => other.get('model'), { interval: 5, timeout: 1000 }).toBe('large');
  expect(performance.now() - started).toBeLessThan(1000);
  await sql`update settings set value = '"small"'`;
  await expect.poll(() => one.get('model'), { interval: 5, timeout: 1000 }).toBe('small');
});

test('after a lost connection, the settings are read again', async () => {
  const problems: Problem[] = [];
  await using live = await open(problems);
  for (const value of ['large', 'small'] as const) {
    await killListeners();
    // Nobody is notified of this change: the connection is gone.
    await sql`insert into settings values (gen_random_uuid(), 'model', ${value}, false, now(), now())
      on conflict (key) do update set value = excluded.value`;
    await expect.poll(() => live.get('model'), { interval: 5, timeout: 2000 }).toBe(value);
  }
  expect(problems.map(({ code }) => code)).toEqual([
    'settings/connection-lost',
    'settings/connection-lost',
  ]);
  await sql`update settings set value = '"large"'`;
  await expect.poll(() => live.get('model'), { interval: 5, timeout: 1000 }).toBe('large');
});

test('while the database refuses connections, the last values apply, and then it recovers', async () => {
  const problems: Problem[] = [];
  await using live = await open(problems);
  await live.set('model', 'large', ADA);
  const name = new URL(url).pathname.slice(1);
  const other = new URL(url);
  other.pathname = '/postgres';
  // A session of the same database may not disallow connections to it.
  const admin = postgres(other.href, { max: 1, onnotice: () => {} });
  await admin.unsafe(`alter database "${name}" allow_connections false`);
  await killListeners();
  await expect.poll(() => problems.length).toBe(1);
  await expect(live.set('model', 'small', ADA)).rejects.toMatchObject({
    problem: { code: 'settings/connection-lost' },
  });
  // Longer than the first attempts take.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(live.get('model')).toBe('large');
  await sql`update settings set value = '"small"'`;
  await admin.unsafe(`alter database "${name}" allow_connections true`);
  await admin.end();
  await expect.poll(() => live.get('model'), { timeout: 10_000 }).toBe('small');
  expect(problems).toHaveLength(1);
});

test('a login role that policies apply to is refused, because it would miss private settings', async () => {
  await sql`create role plain_login login password 'x'`;
  await sql`grant select, insert, update, delete on settings to plain_login`;
  const other = new URL(url);
  other.username = 'plain_login';
  other.password = 'x';
  await expect(open([], other.href)).rejects.toMatchObject({ problem: { code: 'settings/login' } });
  await sql`drop owned by plain_login`;
  await sql`drop role plain_login`;
});

test('an address without a server is a problem that names the place without the password', async () => {
  const refused = open([], 'postgres://ada:planted@127.0.0.1:1/app');
  await expect(refused).rejects.toMatchObject({ problem: { code: 'database/unreachable' } });
  await expect(refused).rejects.not.toThrow('planted');
});

test('close ends the connection', async () => {
  const live = await open();
  await live.close();
  await expect
    .poll(async () => {
      const rows =
        await sql`select pid from pg_stat_activity where application_name = 'garden settings'`;
      return rows.length;
    })
    .toBe(0);
});
