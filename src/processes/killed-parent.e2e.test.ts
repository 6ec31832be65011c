import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { familyOf, killProcesses, processOf, type RunningProcess } from './process-tree.ts';
import { startPostgres } from './postgres-server.ts';
import { startZeroCache } from './zero-cache.ts';

let above: string;
const started: ChildProcess[] = [];
let families: RunningProcess[] = [];
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'garden-killed-'));
  // Postgres runs as a user of its own, who has to come in here.
  await chmod(above, 0o755);
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await killProcesses(families);
  families = [];
  await rm(above, { recursive: true, force: true, maxRetries: 5 });
});

/** A process that starts servers and prints what it says of them. */
async function parent<Said>(
  body: string,
): Promise<{ said: Said; family: readonly RunningProcess[] }> {
  const at = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `
    import { startPostgres } from ${at('postgres-server.ts')};
    import { startProcess } from ${at('start-process.ts')};
    import { startZeroCache } from ${at('zero-cache.ts')};
    ${body}
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const family = await familyOf(child.pid ?? -1);
  families.push(...family);
  return { said: JSON.parse(line) as Said, family };
}

const say = (what: string): string => `process.stdout.write(JSON.stringify(${what}) + '\\n');`;

async function stillRunning(family: readonly RunningProcess[]): Promise<readonly string[]> {
  const found = await Promise.all(family.map(({ pid }) => processOf(pid)));
  return found.flatMap((one) => (one && !one.command.includes('<defunct>') ? [one.command] : []));
}

async function untilGone(family: readonly RunningProcess[]): Promise<void> {
  for (const until = Date.now() + 15_000; Date.now() < until; await sleep(50)) {
    if ((await stillRunning(family)).length === 0) return;
  }
  expect(await stillRunning(family)).toEqual([]);
}

const isWatchdog = ({ command }: RunningProcess): boolean => command.includes('watchdog');
const kill = ({ pid }: RunningProcess): boolean => process.kill(pid, 'SIGKILL');

describe('kill -9 of a process', () => {
  test('ends its Postgres, zero-cache and other processes, and removes what is not kept', async () => {
    const { said, family } = await parent<{ folders: string[] }>(`
      const server = await startPostgres({ settings: { wal_level: 'logical' } });
      const cache = await startZeroCache({ upstream: await server.createDatabase() });
      startProcess('sleeper', [process.execPath, '--eval', 'setInterval(() => {}, 1000)'], process.env);
      ${say('{ folders: [server.dataFolder, cache.replicaFile] }')}`);
    expect(family.filter(isWatchdog)).toHaveLength(1);
    expect(family.length).toBeGreaterThan(6);
    expect(said.folders.map((path) => existsSync(path))).toEqual([true, true]);
    kill(family[0] as RunningProcess);
    await untilGone(family);
    expect(said.folders.map((path) => existsSync(path))).toEqual([false, false]);
  });

  test('also while Postgres starts', async () => {
    const { family } = await parent(`
      void startPostgres();
      const { familyOf } = await import(${JSON.stringify(new URL('process-tree.ts', import.meta.url).href)});
      for (;;) {
        const family = await familyOf(process.pid);
        if (family.some(({ command }) => command.includes('/postgres' + ' -D'))) break;
      }
      ${say('null')}`);
    kill(family[0] as RunningProcess);
    await untilGone(family);
  });
});

describe('where its watchdog is killed too, the next start in the folder replaces', () => {
  test('Postgres, with its data', async () => {
    const keepIn = join(above, 'data');
    const { said, family } = await parent<{ url: string; pid: number }>(`
      const server = await startPostgres({ keepIn: ${JSON.stringify(keepIn)} });
      ${say('{ url: server.url, pid: server.pid }')}`);
    const before = postgres(said.url, { max: 1, onnotice: () => {} });
    await before`create table kept (id int)`;
    await before.end();
    kill(family.find(isWatchdog) as RunningProcess);
    kill(family[0] as RunningProcess);
    await sleep(500);
    expect(await processOf(said.pid)).toBeDefined();
    await using server = await startPostgres({ keepIn });
    expect(await stillRunning(family)).toEqual([]);
    const sql = postgres(server.url, { max: 1 });
    expect(await sql`select count(*)::int from kept`).toEqual([{ count: 0 }]);
    await sql.end();
  });

  test('zero-cache', async () => {
    const keepIn = join(above, 'replica');
    await using server = await startPostgres({ settings: { wal_level: 'logical' } });
    const upstream = await server.createDatabase();
    const { family } = await parent(`
      const cache = await startZeroCache(${JSON.stringify({ upstream, keepIn })});
      ${say('cache.port')}`);
    kill(family.find(isWatchdog) as RunningProcess);
    kill(family[0] as RunningProcess);
    await sleep(500);
    expect((await stillRunning(family)).length).toBeGreaterThan(1);
    await using cache = await startZeroCache({ upstream, keepIn });
    expect(await stillRunning(family)).toEqual([]);
    expect(cache.log()).not.toContain('"level":"ERROR"');
  });
});

test('a folder whose process lives is not taken from it', async () => {
  const keepIn = join(above, 'data');
  const { said } = await parent<number>(`
    const server = await startPostgres({ keepIn: ${JSON.stringify(keepIn)} });
    ${say('server.pid')}`);
  await expect(startPostgres({ keepIn })).rejects.toThrow(/is in use by process \d+/);
  expect(await processOf(said)).toBeDefined();
});
