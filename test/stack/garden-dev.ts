/**
 * `garden dev` as a person has it in a terminal: `node test/stack/garden-dev.ts`. It is
 * started, stopped, started twice, and loses one of its parts.
 */
import { deepStrictEqual as same, match, ok } from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import postgres from 'postgres';
import { startPostgres } from '../../src/processes/postgres-server.ts';
import { exposedSockets, listeningSockets } from '../../src/processes/listening-sockets.fixture.ts';
import { isRunning, killTree, processTree } from '../process-tree.ts';

const garden = join(import.meta.dirname, '../../src/main.ts');
const folder = await mkdtemp(join(tmpdir(), 'garden-dev-'));
// Postgres runs as a user of its own, who has to come in here.
await chmod(folder, 0o755);
const running = new Set<ChildProcess>();

interface Dev {
  readonly child: ChildProcess;
  /** What it has said so far, on both streams. */
  said(): string;
  /** Settles with its exit code. */
  readonly ended: Promise<number | null>;
}

function dev(...options: string[]): Dev {
  return devWith({}, ...options);
}

function devWith(more: Readonly<Record<string, string>>, ...options: string[]): Dev {
  const { DATABASE_URL: _, NODE_ENV: __, ...inherited } = process.env;
  const env = { ...inherited, ...more };
  const child = spawn(process.execPath, [garden, 'dev', ...options], { cwd: folder, env });
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
const leftOf = (parts: readonly number[]): readonly number[] => parts.filter(isRunning);
const lock = join(folder, '.garden/dev.lock');

const checks: Readonly<Record<string, () => Promise<void>>> = {
  async 'it shows where everything is, and Ctrl-C leaves nothing behind'() {
    const one = dev();
    const [, url = ''] = await untilSaid(one, /The garden\s+(http:\S+)/);
    const parts = await partsOf(one);
    ok(parts.length >= 3, 'Postgres, zero-cache and the worker are processes');
    const sockets = await listeningSockets(one.child.pid!);
    ok(sockets.length >= 4, 'the page, Postgres, zero-cache and its change streamer');
    same(exposedSockets(sockets), []);
    same(/postgres:\/\/\w+:(?!\*\*\*@)/.exec(one.said()), null);
    match(
      (await fetch(url)).headers.get('content-security-policy') ?? '',
      /frame-ancestors 'none'/,
    );
    match(await (await fetch(url)).text(), /<div id="root">/);
    ok(existsSync(lock));
    one.child.kill('SIGINT');
    const code = await one.ended;
    ok(code === 0 || code === 130, `exit code ${code}`);
    same(leftOf(parts), []);
    ok(!existsSync(lock));
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
    match(third.said(), new RegExp(`port ${port} is wanted for the page`));
    taken.close();
    ok(!existsSync(lock));
  },

  async 'a part that ends is told by its name and last words, and the others stop'() {
    const one = dev('--no-worker');
    await untilSaid(one, /The garden\s+http/);
    const parts = await partsOf(one);
    // Its own process alone: what that has started is left to whoever started it.
    process.kill(partNamed(parts, /zero\S*cli\.js/), 'SIGKILL');
    ok((await inTime(one.ended)) !== 0);
    match(one.said(), /zero-cache ended by itself, so everything else was stopped/);
    same(leftOf(parts), []);
    ok(!existsSync(lock));
  },

  async 'Postgres that ends is told, and the next start finds the data'() {
    const one = dev('--no-worker');
    await untilSaid(one, /The garden\s+http/);
    const parts = await partsOf(one);
    process.kill(partNamed(parts, /bin\/postgres /), 'SIGKILL');
    ok((await inTime(one.ended)) !== 0);
    match(one.said(), /Postgres ended by itself/);
    same(leftOf(parts), []);
    const next = dev('--once', '--no-worker');
    same(await next.ended, 0);
    match(next.said(), /as it was left/);
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
    match(three.said(), /the last there is is 65535/);
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

  async 'a database of one’s own that has everything is used'() {
    await using server = await startPostgres({ settings: { wal_level: 'logical' } });
    const url = await server.createDatabase();
    const one = dev('--once', '--no-worker', '--database-url', url);
    same(await one.ended, 0);
    match(one.said(), /yours/);
    ok(!one.said().includes(new URL(url).password), 'no password is shown');
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const slots = await sql`select slot_name from pg_replication_slots`.finally(() => sql.end());
    same([...slots], []);
    const again = dev('--once', '--no-worker', '--json', '--database-url', url);
    same(await again.ended, 0);
    ok(!again.said().includes(new URL(url).password), 'nor in JSON');
    match(one.said(), /saw another one's change/);
  },

  async 'a database of the environment is left alone, and production is refused'() {
    await using server = await startPostgres({ settings: { wal_level: 'logical' } });
    const url = await server.createDatabase();
    const one = devWith({ DATABASE_URL: url }, '--once', '--no-worker');
    same(await one.ended, 0);
    match(one.said(), /DATABASE_URL is ignored/);
    ok(!one.said().includes(new URL(url).password), 'no password is shown');
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const tables = await sql`select 1 from pg_tables where schemaname = 'public'`.finally(() =>
      sql.end(),
    );
    same(tables.length, 0);
    const production = devWith({ NODE_ENV: 'production' }, '--database-url', url);
    same(await production.ended, 2);
    match(production.said(), /cli\/production/);
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
      match(poor.said(), /may not make the role garden_user/);
      await owner.unsafe('alter role owner createrole');
      const able = dev('--once', '--no-worker', '--database-url', url.href);
      same([await able.ended, able.said().includes('saw another')], [0, true]);
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
