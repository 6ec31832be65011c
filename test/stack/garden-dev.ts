/**
 * `garden dev` as a person has it in a terminal: `node test/stack/garden-dev.ts`. It is
 * started, stopped, started twice, and loses one of its parts.
 */
import { deepStrictEqual as same, match, ok } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startPostgres } from '../../src/servers/postgres-server.ts';
import { isRunning, killTree, processTree } from '../process-tree.ts';

const garden = join(import.meta.dirname, '../../src/cli/main.ts');
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
  const { DATABASE_URL: _, ...env } = process.env;
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

const partsOf = ({ child }: Dev): readonly number[] => processTree(child.pid!).slice(1);
const leftOf = (parts: readonly number[]): readonly number[] => parts.filter(isRunning);
const lock = join(folder, '.garden/dev.lock');

const checks: Readonly<Record<string, () => Promise<void>>> = {
  async 'it shows where everything is, and Ctrl-C leaves nothing behind'() {
    const one = dev();
    const [, url = ''] = await untilSaid(one, /The garden\s+(http:\S+)/);
    const parts = partsOf(one);
    ok(parts.length >= 3, 'Postgres, zero-cache and the worker are processes');
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
    const parts = partsOf(first);
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
    const parts = partsOf(one);
    killTree(parts.find((pid) => processTree(pid).length > 3) ?? parts.at(-1)!);
    const code = await one.ended;
    ok(code !== 0, `exit code ${code}`);
    match(one.said(), /(zero-cache|Postgres) ended by itself, so everything else was stopped/);
    same(leftOf(parts), []);
    ok(!existsSync(lock));
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
    const one = dev('--once', '--no-worker', '--database-url', await server.createDatabase());
    same(await one.ended, 0);
    match(one.said(), /yours/);
    match(one.said(), /saw another one's change/);
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
      for (const child of running) killTree(child.pid!);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(`${Object.keys(checks).length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
