import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { formatProblem } from '../report/format-problem.ts';
import type { PostgresServer } from '../processes/postgres-server.ts';
import { sharedPostgres } from '../processes/shared-postgres.fixture.ts';
import { problemOf } from './expect-problem.fixture.ts';
import { migrate } from './migrate.ts';
import type { MigrateProgress } from './progress.ts';
import {
  breakpoint,
  firstWhen,
  writeJournal,
  writeMigrations,
} from './write-migrations.fixture.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await sharedPostgres();
});

const connect = (url: string): postgres.Sql => {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  onTestFinished(() => sql.end({ timeout: 0 }));
  return sql;
};
/** Opens a transaction that stays open until the test ends. */
const holdOpen = async (url: string, ...statements: string[]): Promise<number> => {
  const sql = connect(url.replace(/$/, '?application_name=somebody'));
  const [row] = await sql
    .unsafe<{ pid: number }[]>(`begin; ${statements.join(';')}; select pg_backend_pid() as pid`)
    .then((results) => (results as unknown as { pid: number }[][]).at(-1)!);
  return row!.pid;
};
const count = async (sql: postgres.Sql, expression: string): Promise<number> =>
  Number((await sql.unsafe(`select count(*) as n from ${expression}`))[0]?.['n']);
const ourSessions = `pg_stat_activity where application_name like 'garden migrate%' and datname = current_database()`;
const slow = { '0000_slow': `create table a (id int);${breakpoint}select pg_sleep(60)` };

describe('four processes at once', () => {
  test('one migrates, three wait and find nothing to do', async () => {
    const url = await server.createDatabase();
    const folder = writeMigrations({
      '0000_a': 'create table a (id int); insert into a values (1); select pg_sleep(0.4);',
      '0001_b': 'create table b (id int)',
    });
    const script = `
      import { migrate } from ${JSON.stringify(new URL('migrate.ts', import.meta.url).href)};
      const [url, folder] = process.argv.slice(1);
      console.log(JSON.stringify(await migrate(url, { folder })));`;
    const runs = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, url, folder]),
    );
    const results = (await Promise.all(runs)).map(
      ({ stdout }) => JSON.parse(stdout) as { applied: string[]; alreadyApplied: number },
    );
    const sorted = results.toSorted((a, b) => a.alreadyApplied - b.alreadyApplied);
    expect(sorted.map(({ applied, alreadyApplied }) => [applied.length, alreadyApplied])).toEqual([
      [2, 0],
      [0, 2],
      [0, 2],
      [0, 2],
    ]);
    expect(await count(connect(url), 'a')).toBe(1);
  });

  test('a waiting process reports the lock holder, and times out', async () => {
    const url = await server.createDatabase();
    const folder = writeMigrations(slow);
    const stop = new AbortController();
    const applying = Promise.withResolvers<void>();
    const first = migrate(url, {
      folder,
      signal: stop.signal,
      onProgress: (event) => event.type === 'applying' && applying.resolve(),
    });
    first.catch(() => {});
    await applying.promise;

    const events: MigrateProgress[] = [];
    const problem = await problemOf(() =>
      migrate(url, { folder, lockTimeout: 300, onProgress: (event) => void events.push(event) }),
    );
    expect(events).toMatchObject([
      { type: 'waiting', holder: { applicationName: 'garden migrate' } },
    ]);
    expect(problem.code).toBe('migrate/locked');
    expect(problem.context?.[1]).toMatch(
      /^pid \d+ \(garden migrate, user postgres, since \d{4}-.*\): /,
    );

    // Stopping the first process cancels its statement, rolls back, and releases the lock.
    stop.abort(new Error('stopped by hand'));
    await expect(first).rejects.toThrow('stopped by hand');
    const sql = connect(url);
    expect(await count(sql, 'pg_class where relname = $$a$$')).toBe(0);
    expect(await count(sql, "pg_locks where locktype = 'advisory'")).toBe(0);
    await expect.poll(() => count(sql, ourSessions)).toBe(0);
  });

  test('a process that is killed leaves neither lock nor tables', async () => {
    const url = await server.createDatabase();
    const folder = writeMigrations({ '0000_a': 'create table a (id int); select pg_sleep(0.5)' });
    const script = `
      import { migrate } from ${JSON.stringify(new URL('migrate.ts', import.meta.url).href)};
      const [url, folder] = process.argv.slice(1);
      await migrate(url, { folder, onProgress: (event) => console.log(event.type) });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, url, folder]);
    await once(child.stdout, 'data');
    await sleep(100);
    child.kill('SIGKILL');
    expect((await migrate(url, { folder })).applied).toEqual(['0000_a']);
  });
});

describe('locks of others', () => {
  test('a locked table is reported with the lock holder, instead of hanging', async () => {
    const url = await server.createDatabase();
    const folder = writeMigrations({ '0000_a': 'create table a (id int)' });
    await migrate(url, { folder });
    const pid = await holdOpen(url, 'insert into a values (1)');
    writeFileSync(
      join(folder, '0001_b.sql'),
      `select 1${breakpoint}alter table a add column b int`,
    );
    writeJournal(folder, [
      { tag: '0000_a', when: firstWhen },
      { tag: '0001_b', when: firstWhen + 1 },
    ]);

    const events: MigrateProgress[] = [];
    const problem = await problemOf(() =>
      migrate(url, { folder, lockTimeout: 500, onProgress: (event) => void events.push(event) }),
    );
    expect(problem.code).toBe('migrate/blocked');
    expect(problem.places).toEqual([
      { file: join(folder, '0001_b.sql'), line: 3, name: 'statement 2 of 2' },
    ]);
    expect(problem.context?.[1]).toContain(`pid ${pid} (somebody, user postgres, since `);
    expect(problem.context?.[1]).toContain('insert into a values (1)');
    expect(problem.fix).toContain(`pg_terminate_backend(${pid})`);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'blocked',
        statement: 2,
        by: [expect.objectContaining({ pid })],
      }),
    );
  });

  test.each(['while it is being created', 'locked by another session'])(
    'so is the history table, %s',
    async (how) => {
      const url = await server.createDatabase();
      const folder = writeMigrations({ '0000_a': 'create table a (id int)' });
      if (how.startsWith('locked')) await migrate(url, { folder });
      const pid = await holdOpen(
        url,
        how.startsWith('locked')
          ? 'lock table drizzle.__drizzle_migrations'
          : 'create schema drizzle',
      );
      const problem = await problemOf(() => migrate(url, { folder, lockTimeout: 300 }));
      expect(problem.code).toBe('migrate/blocked');
      expect(problem.context?.[1]).toContain(`pid ${pid} (somebody`);
    },
  );

  test('reads rows that were committed while it waited, at any default isolation level', async () => {
    const url = await server.createDatabase();
    const sql = connect(url);
    await sql.unsafe(
      `alter database ${sql.options.database} set default_transaction_isolation = 'serializable'`,
    );
    const folder = writeMigrations({ '0000_a': 'create table a (id int); select pg_sleep(0.3)' });
    const both = await Promise.all([migrate(url, { folder }), migrate(url, { folder })]);
    expect(both.map(({ applied }) => applied.length).sort()).toEqual([0, 1]);
  });
});

describe('drizzle-kit on the same database', () => {
  test.each(['ours', 'drizzle-kit'])(
    'continues where the other stopped, %s first',
    async (first) => {
      const url = await server.createDatabase();
      const folder = writeMigrations({ '0000_a': 'create table a (id int)' });
      const config = join(folder, 'drizzle.config.ts');
      writeFileSync(
        config,
        `export default { dialect: 'postgresql', out: ${JSON.stringify(folder)}, dbCredentials: { url: ${JSON.stringify(url)} } }`,
      );
      const ours = async () => (await migrate(url, { folder })).applied.length;
      const theirs = () =>
        promisify(execFile)(process.execPath, [
          'node_modules/drizzle-kit/bin.cjs',
          'migrate',
          `--config=${config}`,
        ]);
      await (first === 'ours' ? ours() : theirs());
      writeFileSync(join(folder, '0001_b.sql'), 'create table b (id int)');
      writeJournal(folder, [
        { tag: '0000_a', when: firstWhen },
        { tag: '0001_b', when: firstWhen + 1 },
      ]);
      await (first === 'ours' ? theirs() : ours());
      expect(await ours()).toBe(0);
      expect(await count(connect(url), 'drizzle.__drizzle_migrations')).toBe(2);
    },
  );
});

describe('a server that cannot be migrated', () => {
  const folderOf = (): string => writeMigrations({ '0000_a': 'create table a (id int)' });
  const refusal = (url: string, folder = folderOf()) => problemOf(() => migrate(url, { folder }));
  const change = (part: Partial<URL>): string => Object.assign(new URL(server.url), part).href;

  test.each([
    ['nothing listens', { port: '1' }, 'database/unreachable'],
    ['unknown host', { hostname: 'nowhere.invalid' }, 'database/unreachable'],
    ['wrong password', { password: 'S3cret' }, 'database/login'],
    ['unknown role', { username: 'nobody', password: 'S3cret' }, 'database/login'],
    ['missing database', { pathname: '/nix' }, 'database/no-database'],
    ['unknown option', { search: '?schema=public' }, 'database/bad-url'],
    ['TLS where there is none', { search: '?sslmode=require' }, 'database/unreachable'],
  ])('%s', async (_, part, code) => {
    const problem = await refusal(change(part));
    expect(problem.code).toBe(code);
    const text = formatProblem(problem);
    expect(text).not.toContain('S3cret');
    expect(text).not.toContain(new URL(server.url).password);
  });

  test.each([
    ['is silent', () => {}],
    ['hangs up', (socket: { end(): void }) => socket.end()],
    [
      'speaks HTTP',
      (socket: { end(text: string): void }) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ],
  ] as const)('a port that %s', async (_, answer) => {
    const other = createServer(answer as () => void).listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const problem = await refusal(`postgres://a:b@127.0.0.1:${port}/db?connect_timeout=0.5`);
    expect(problem.code).toBe('database/unreachable');
  });

  test('a role without the privileges', async () => {
    const url = await server.createDatabase();
    await connect(url).unsafe(
      "drop role if exists guest; create role guest login password 'S3cret'",
    );
    const asGuest = Object.assign(new URL(url), { username: 'guest', password: 'S3cret' }).href;
    const problem = await refusal(asGuest);
    expect(problem.code).toBe('migrate/no-permission');
    expect(problem.message).toContain('permission denied for database');

    // With the schema from the fix, the role needs no CREATE on the database.
    await connect(url).unsafe('create schema drizzle authorization guest');
    expect(await refusal(asGuest)).toMatchObject({
      code: 'migrate/statement',
      message: expect.stringContaining('permission denied for schema public'),
      fix: expect.stringContaining('owner'),
    });
    await connect(url).unsafe('grant create on schema public to guest');
    const folder = folderOf();
    expect((await migrate(asGuest, { folder })).applied).toHaveLength(1);
  });

  test('a database that is read-only', async () => {
    const url = await server.createDatabase();
    const sql = connect(url);
    await sql.unsafe(
      `alter database ${sql.options.database} set default_transaction_read_only = on`,
    );
    expect((await refusal(url)).code).toBe('database/read-only');
  });

  test.each(['while a statement runs', 'between two statements'])(
    'an administrator who ends the session %s',
    async (when) => {
      const url = await server.createDatabase();
      const folder = writeMigrations({
        '0000_a': 'create table a (id int)',
        '0001_b': when.startsWith('while')
          ? 'select pg_sleep(60)'
          : 'select pg_terminate_backend(pg_backend_pid())',
        '0002_c': 'create table c (id int)',
      });
      const sql = connect(url);
      const problem = await problemOf(() =>
        migrate(url, {
          folder,
          onProgress: (event) =>
            when.startsWith('while') &&
            event.type === 'applying' &&
            event.tag === '0001_b' &&
            void sleep(100).then(() =>
              sql.unsafe(`select pg_terminate_backend(pid) from ${ourSessions}`),
            ),
        }),
      );
      expect(problem.code).toBe('database/connection-lost');
      expect(problem.message).toContain('Nothing was changed');
      expect(await count(sql, "pg_class where relname in ('a', '__drizzle_migrations')")).toBe(0);
    },
  );

  test('a transaction with an unknown outcome', async () => {
    const url = await server.createDatabase();
    const folder = writeMigrations({
      '0000_a': `create table a (id int primary key, b int references a deferrable initially deferred);
        create function f() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
        create constraint trigger t after insert on a deferrable initially deferred for each row execute function f();
        insert into a values (1)`,
    });
    expect((await problemOf(() => migrate(url, { folder }))).code).toBe('migrate/outcome-unknown');
  });

  test('a statement that cannot run in a transaction', async () => {
    const url = await server.createDatabase();
    const folder = writeMigrations({
      '0000_a': `create table a (id int)${breakpoint}create index concurrently on a (id)`,
    });
    expect(await refusal(url, folder)).toMatchObject({
      code: 'migrate/statement',
      message: expect.stringContaining('25001'),
      fix: expect.stringContaining('CONCURRENTLY'),
    });
  });
});
