import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { enqueueAll } from '../../src/apps/garden/queue/enqueue.ts';
import { registries } from '../../src/apps/garden/index.ts';
import { findFaults, now, parseEntries, readEntries } from './log.ts';

export interface KillTest {
  readonly workers: number;
  readonly requests: number;
  /** Number of workers to kill, one after the other. Each is replaced by a new one. */
  readonly kills: number;
  /** Mean time between kills, in milliseconds. */
  readonly every: number;
  /** Timeout in milliseconds. */
  readonly timeout: number;
}

export interface KillResult {
  readonly faults: readonly string[];
  readonly ended: number;
  /** Runs that a kill interrupted. */
  readonly cutShort: number;
  readonly killed: number;
  readonly milliseconds: number;
}

/** Runs worker processes on the queue of a database, and kills them at random. */
export async function runKillTest(url: string, test: KillTest): Promise<KillResult> {
  const client = postgres(url, { max: 2, onnotice: () => {} });
  const folder = mkdtempSync(join(tmpdir(), 'garden-kill-'));
  const log = join(folder, 'runs.log');
  const children = new Map<string, ChildProcess>();
  const killed = new Map<string, number>();
  const started = performance.now();
  try {
    writeFileSync(log, '');
    const script = await bundleWorker(folder);
    await client`create table run_log (entry text not null)`;
    const newRequests = Array.from({ length: test.requests }, (_, at) => ({
      packageName: `package-${at}`,
      registry: registries[at % registries.length]!,
    }));
    const answers = await enqueueAll(drizzle(client), newRequests);
    const requests = answers.flatMap((answer) => (answer.state === 'queued' ? [answer.id] : []));
    if (requests.length !== test.requests) throw new Error('not every request was queued');

    const begin = (name: string): void =>
      void children.set(name, startWorker(script, url, name, log));
    for (let at = 0; at < test.workers; at += 1) begin(`worker-${at}`);
    const endedCount = async (): Promise<number> =>
      (await client<{ n: number }[]>`select count(*)::int as n from run_log`)[0]?.n ?? 0;
    const pastTime = (): boolean => performance.now() - started > test.timeout;
    const killing = (async () => {
      while ((await endedCount()) === 0 && !pastTime()) await sleep(50);
      for (let at = 0; at < test.kills && (await endedCount()) < test.requests; at += 1) {
        await sleep(test.every * (0.5 + Math.random()));
        // A worker that has started a request: killing a starting process proves nothing.
        const begun = new Set(parseEntries(readEntries(log)).map(({ worker }) => worker));
        const names = [...children.keys()].filter((one) => begun.has(one));
        const name = names[Math.floor(Math.random() * names.length)];
        if (name === undefined) continue;
        const child = children.get(name)!;
        children.delete(name);
        child.kill('SIGKILL');
        await ended(child);
        killed.set(name, now());
        begin(`replacement-${at}`);
      }
    })();
    while ((await endedCount()) < test.requests && !pastTime()) await sleep(100);
    await killing;
    // A worker that still runs a request now would complete it a second time.
    for (const child of children.values()) child.kill('SIGTERM');
    await Promise.all([...children.values()].map(ended));
    children.clear();

    const ends = (await client<{ entry: string }[]>`select entry from run_log`).map((r) => r.entry);
    const entries = parseEntries([...readEntries(log), ...ends]);
    const starts = entries.filter(({ event }) => event === 'start').length;
    const faults = findFaults(requests, entries, killed);
    return {
      faults,
      ended: ends.length,
      cutShort: starts - (entries.length - starts),
      killed: killed.size,
      milliseconds: Math.round(performance.now() - started),
    };
  } finally {
    for (const child of children.values()) child.kill('SIGKILL');
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Bundled into one file, because the processes start often: loading a hundred modules takes longer
 * than the test.
 */
async function bundleWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  const entry = fileURLToPath(new URL('worker-process.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
  });
  return outfile;
}

function startWorker(script: string, url: string, name: string, log: string): ChildProcess {
  return spawn(process.execPath, [script, url, name, log], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
