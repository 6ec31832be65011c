/**
 * Tests `garden dev` as in a terminal: `node test/stack/garden-dev.ts`. It is started,
 * stopped, started twice, and loses one of its parts.
 */
import { deepStrictEqual as same, match, ok } from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import postgres from 'postgres';
import { exposedSockets, listeningSockets } from '../../src/processes/listening-sockets.fixture.ts';
import { startPostgres } from '../../src/processes/postgres-server.ts';
import { isRunning, killTree, processTree } from '../process-tree.ts';

const garden = join(import.meta.dirname, '../../src/main.ts');
const folder = await mkdtemp(join(tmpdir(), 'garden-dev-'));
// Postgres runs as a separate user, who needs access to this folder.
await chmod(folder, 0o755);
const running = new Set<ChildProcess>();

interface Dev {
  readonly child: ChildProcess;
  /** Output so far, of both streams. */
  said(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

function dev(...options: string[]): Dev {
  return devWith({}, ...options);
}

function devWith(own: Readonly<Record<string, string>>, ...options: string[]): Dev {
  return devIn(folder, own, ...options);
}

function devIn(cwd: string, own: Readonly<Record<string, string>>, ...options: string[]): Dev {
  const { DATABASE_URL: _, NODE_ENV: __, ...env } = process.env;
  const child = spawn(process.execPath, [garden, 'dev', '--app', 'garden', ...options], {
    cwd,
    env: { ...env, ...own },
  });
  running.add(child);
  let said = '';
  const hear = (chunk: Buffer): void => void (said += stripVTControlCharacters(String(chunk)));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'close').then(([code]: readonly (number | null)[]) => {
    running.delete(child);
    return code ?? null;
  });
  return { child, said: () => said, ended };
}

async function untilSaid({ said, ended }: Dev, words: RegExp): Promise<RegExpExecArray> {
  let over = false;
  void ended.then(() => (over = true));
  const until = Date.now() + 60_000;
  for (;;) {
    const found = words.exec(said());
    if (found) return found;
    if (over || Date.now() > until) throw new Error(`it never said ${words}, but:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const partsOf = ({ child }: Dev): Promise<readonly number[]> => processTree(child.pid!);
const inTime = <T>(ending: Promise<T>): Promise<T> => {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('it did not end within 20 s')), 20_000).unref();
  });
  return Promise.race([ending, late]);
};
const partNamed = (parts: readonly number[], name: RegExp): number => {
  const command = (pid: number): string =>
    execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  const found = parts.find((pid) => isRunning(pid) && name.test(command(pid)));
  if (found === undefined) throw new Error(`none of its processes is ${name}`);
  return found;
};
/** Every listening socket of the stack: one of the page, one of Postgres and two of zero-cache. */
const allOnLoopback = async ({ child }: Dev, atLeast: number): Promise<void> => {
  if (process.platform !== 'linux') return;
  const sockets = await listeningSockets(child.pid!);
  ok(sockets.length >= atLeast, `${sockets.length} sockets listen`);
  same(exposedSockets(sockets), []);
};
const leftOf = (parts: readonly number[]): readonly number[] => parts.filter(isRunning);
const lock = join(folder, '.garden/dev.lock');

const checks: Readonly<Record<string, () => Promise<void>>> = {
  async 'it shows where everything is, and Ctrl-C leaves nothing behind'() {
    const one = dev();
    const [, url = ''] = await untilSaid(one, /The garden\s+(http:\S+)/);
    const parts = await partsOf(one);
    ok(parts.length >= 3, 'Postgres, zero-cache and the worker are processes');
    match(await (await fetch(url)).text(), /<div id="root">/);
    ok(existsSync(lock));
    await allOnLoopback(one, 4);
    match(one.said(), /Postgres\s+postgres:\/\/postgres:\*\*\*@127\.0\.0\.1/);
    const password = await readFile(join(folder, '.garden/dev/postgres.password'), 'utf8');
    ok(!one.said().includes(password), 'the password is not shown');
    one.child.kill('SIGINT');
    const code = await one.ended;
    ok(code === 0 || code === 130, `exit code ${code}`);
    same(leftOf(parts), []);
    ok(!existsSync(lock));
  },

  async 'with several view-syncers, too, everything listens on 127.0.0.1 only'() {
    const one = dev('--no-worker', '--view-syncers', '2', '--json');
    await untilSaid(one, /"databaseUrl": "postgres:\/\/postgres:\*\*\*@/);
    // The page, Postgres, the replication manager and the view-syncers.
    await allOnLoopback(one, 6);
    one.child.kill('SIGINT');
    await one.ended;
  },

  async 'production is refused, and DATABASE_URL is left alone'() {
    const production = devWith({ NODE_ENV: 'production' });
    same(await production.ended, 2);
    match(production.said(), /cli\/production: NODE_ENV is production/);
    await using server = await startPostgres({ settings: { wal_level: 'logical' } });
    const url = await server.createDatabase();
    const one = devWith({ DATABASE_URL: url }, '--once', '--no-worker');
    same(await one.ended, 0);
    match(one.said(), /DATABASE_URL is ignored: .*--database-url "\$DATABASE_URL"/);
    const sql = postgres(url, { max: 1 });
    try {
      same([...(await sql`select from pg_tables where schemaname !~ '^pg_|^information'`)], []);
    } finally {
      await sql.end();
    }
  },

  async 'a second one in the same folder, and one whose port is taken, are told so'() {
    const first = dev('--no-worker');
    await untilSaid(first, /The garden\s+http/);
    const parts = await partsOf(first);
    const second = dev();
    ok((await second.ended) !== 0);
    match(second.said(), /\.garden\/dev.*(in use|another|process)/s);
    first.child.kill('SIGINT');
    await first.ended;
    same(leftOf(parts), []);

    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const third = dev('--port', String(port));
    ok((await third.ended) !== 0);
    match(third.said(), new RegExp(`port ${port} is needed for the server`));
    taken.close();
    ok(!existsSync(lock));
  },

  async 'a part that is killed is named, and runs again at the same address'() {
    const one = dev();
    const [, url = ''] = await untilSaid(one, /The garden\s+(http:\S+)/);
    const cacheUrl = /zero-cache\s+(http:\S+)\n\s+Postgres/.exec(one.said())?.[1] ?? '';
    const killed = [
      ['zero-cache', /zero\S*cli\.js/],
      ['server', /server-module/],
      ['worker', /worker --json/],
    ] as const;
    for (const [name, command] of killed) {
      // Kills only the process itself, not its children.
      process.kill(partNamed(await partsOf(one), command), 'SIGKILL');
      await untilSaid(one, new RegExp(`! ${name} ended unexpectedly, and is started again in`));
      await untilSaid(one, new RegExp(`✓ ${name} runs again`));
    }
    same((await fetch(url)).status, 200);
    same((await fetch(`${cacheUrl}/keepalive`)).status, 200);
    const parts = await partsOf(one);
    one.child.kill('SIGINT');
    same(await inTime(one.ended), 0);
    same(leftOf(parts), []);
    ok(!existsSync(lock));
  },

  async 'Postgres that ends is told, and the next start finds the data'() {
    const one = dev('--no-worker');
    await untilSaid(one, /The garden\s+http/);
    const parts = await partsOf(one);
    process.kill(partNamed(parts, /bin\/postgres /), 'SIGKILL');
    ok((await inTime(one.ended)) !== 0);
    match(one.said(), /Postgres ended unexpectedly/);
    same(leftOf(parts), []);
    const next = dev('--once', '--no-worker');
    same(await next.ended, 0);
    match(next.said(), /existing data kept/);
  },

  async 'Ctrl-C while it seeds is a line, and exit code 130'() {
    for (const delay of [50, 150, 250, 350]) {
      const one = dev('--reset', '--no-worker');
      await untilSaid(one, /tables {2,}\d/);
      await new Promise((resolve) => setTimeout(resolve, delay));
      one.child.kill('SIGINT');
      same(await inTime(one.ended), 130);
      match(one.said(), /\ncli\/interrupted: stopped by SIGINT\.\n$/);
    }
  },

  async 'two that start at once in two folders find ports of their own'() {
    const other = join(folder, 'other');
    await mkdir(other);
    const both = [dev('--no-worker'), devIn(other, {}, '--no-worker')];
    const urls = await Promise.all(
      both.map(async (one) => (await untilSaid(one, /zero-cache\s+(http:\S+)\n\s+Postgres/))[1]),
    );
    ok(urls[0] !== urls[1], `both are at ${urls[0]}`);
    for (const one of both) one.child.kill('SIGINT');
    same(await Promise.all(both.map(({ ended }) => ended)), [0, 0]);
  },

  async 'kill -9 leaves nothing behind, and the next start finds the data'() {
    const one = dev();
    await untilSaid(one, /The garden\s+http/);
    const parts = await partsOf(one);
    one.child.kill('SIGKILL');
    await one.ended;
    for (const until = Date.now() + 15_000; leftOf(parts).length > 0 && Date.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    same(leftOf(parts), []);
    const next = dev('--once', '--no-worker');
    same(await next.ended, 0);
    match(next.said(), /existing data kept/);
  },

  async 'what kill -9 left of it, its watchdog included, is replaced by the next start'() {
    const one = dev('--no-worker');
    await untilSaid(one, /The garden\s+http/);
    const parts = await partsOf(one);
    process.kill(partNamed(parts, /watchdog/), 'SIGKILL');
    one.child.kill('SIGKILL');
    await one.ended;
    const next = dev('--once', '--no-worker');
    same(await next.ended, 0);
    match(next.said(), /existing data kept/);
    same(leftOf(parts), []);
  },

  async 'a reset that cannot be followed by a start throws nothing away'() {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const one = dev('--reset', '--port', String(port));
    ok((await one.ended) !== 0);
    const two = dev('--reset', '--database-url', 'mysql://nobody@127.0.0.1/nothing');
    ok((await two.ended) !== 0);
    match(two.said(), /--database-url does not begin with postgres/);
    taken.close();
    ok(existsSync(join(folder, '.garden/dev/postgres/PG_VERSION')));
    const three = dev('--zero-port', '65533', '--view-syncers', '9');
    same(await three.ended, 2);
    match(three.said(), /the highest port is 65535/);
  },

  async 'two quick Ctrl-C leave no lock'() {
    const one = dev('--no-worker');
    await untilSaid(one, /Postgres/);
    const parts = await partsOf(one);
    one.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 200));
    one.child.kill('SIGINT');
    await one.ended;
    ok(!existsSync(lock));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    same(leftOf(parts), []);
  },

  async 'a database of one’s own is told all that it lacks'() {
    await using server = await startPostgres();
    const one = dev('--database-url', await server.createDatabase());
    ok((await one.ended) !== 0);
    match(one.said(), /wal_level is replica/);
    match(one.said(), /alter system set wal_level = 'logical'/);
    const nowhere = dev('--database-url', 'postgres://nobody@127.0.0.1:1/nothing');
    ok((await nowhere.ended) !== 0);
    match(nowhere.said(), /127\.0\.0\.1:1/);
    ok(!/\n\s+at .*\.[jt]s:\d/.test(nowhere.said()), 'no stack trace');
  },

  async 'a database of one’s own is used, and left without a replication slot'() {
    await using server = await startPostgres({ settings: { wal_level: 'logical' } });
    const url = await server.createDatabase();
    const { password } = new URL(url);
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const slots = async (): Promise<readonly string[]> =>
      (await sql`select slot_name from pg_replication_slots order by 1`).map((row) =>
        String(row['slot_name']),
      );
    try {
      // The slot of another zero-cache, which must not be touched.
      await sql`select pg_create_logical_replication_slot('zero_0_1', 'pgoutput')`;
      const running = dev('--no-worker', '--database-url', url);
      await untilSaid(running, /The garden\s+http/);
      match((await slots()).join(), /^garden_dev_[0-9a-f]{12}_0_\w+,zero_0_1$/);
      ok(!running.said().includes(password), 'the password is not shown');
      running.child.kill('SIGINT');
      await running.ended;
      same(await slots(), ['zero_0_1']);
      // Its replica missed the later writes, and is copied again.
      const again = dev('--once', '--no-worker', '--database-url', url);
      same(await again.ended, 0);
      match(again.said(), /received another client's change/);
      same(await slots(), ['zero_0_1']);
    } finally {
      await sql.end();
    }
  },

  async 'a slot that cannot be dropped is told, with the statement that drops it'() {
    const server = await startPostgres({ settings: { wal_level: 'logical' } });
    const one = dev('--no-worker', '--database-url', await server.createDatabase());
    try {
      await untilSaid(one, /The garden\s+http/);
    } finally {
      await server.stop();
    }
    one.child.kill('SIGINT');
    same(await inTime(one.ended), 1);
    match(one.said(), /stack\/slot-left/);
    match(one.said(), /select pg_drop_replication_slot\(slot_name\) .*'garden_dev_[0-9a-f]{12}_'/);
    ok(!existsSync(lock));
  },

  async 'a login of one’s own that is no superuser is used, where it may do what is needed'() {
    await using server = await startPostgres({ settings: { wal_level: 'logical' } });
    const url = new URL(await server.createDatabase());
    const owner = postgres(url.href, { max: 1, onnotice: () => {} });
    const database = url.pathname.slice(1);
    url.username = 'owner';
    url.password = 'x';
    try {
      await owner.unsafe(`create role owner login replication bypassrls password 'x';
        alter database ${database} owner to owner;`);
      const poor = dev('--once', '--no-worker', '--database-url', url.href);
      ok((await poor.ended) !== 0);
      match(poor.said(), /may not create the role garden_user/);
      await owner.unsafe('alter role owner createrole');
      const able = dev('--once', '--no-worker', '--database-url', url.href);
      same([await able.ended, able.said().includes('received another')], [0, true]);
    } finally {
      await owner.end();
    }
  },
};

let failed = 0;
try {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      process.stdout.write(`✓ ${name}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(`✗ ${name}\n${String((error as Error).stack)}\n`);
      for (const child of running) await killTree(child.pid!);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(`${Object.keys(checks).length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
