import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { takeFolder } from '../postgres/take-folder.ts';
import { ProblemError } from '../report/problem.ts';
import { requireVersions } from '../report/require-versions.ts';
import { attempt } from './attempt.ts';
import { checkReplication } from './check-replication.ts';
import { endWithProcess } from './end-with-process.ts';
import { freePorts, isPortTaken, portTaken } from './free-ports.ts';
import { holdPorts } from './hold-ports.ts';
import { familyOf, killProcesses, type RunningProcess } from './process-tree.ts';
import { endNotedProcesses, notesOf } from './replace-orphan.ts';

export interface ZeroCacheOptions {
  /** The database to replicate, as its owner: a server with `wal_level = logical`. */
  readonly upstream: string;
  /** The publications to replicate; every table of schema public where they are left out. */
  readonly publications?: readonly string[];
  /** Where zero-cache asks for named queries and hands mutations on. */
  readonly queryUrl?: string;
  readonly mutateUrl?: string;
  /** The key that it sends to both. */
  readonly apiKey?: string;
  /**
   * Everything else that zero-cache reads from its environment:
   * `{ ZERO_QUERY_FORWARD_COOKIES: 'true' }`, or what makes several nodes of it.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** A folder whose replica is kept when it stops, and used again. A fresh one otherwise. */
  readonly keepIn?: string;
  /** This port and the next two; free ones where it is left out. */
  readonly port?: number;
  /**
   * Network interfaces to listen on: `loopback` unless told otherwise. Its change streamer, on
   * the port after its own, sends every replicated row to whoever connects: `all` is for networks
   * where nobody else reaches that port.
   */
  readonly listenOn?: 'loopback' | 'all';
}

export interface ZeroCache {
  /** What a client takes as its `cacheURL`. */
  readonly url: string;
  /** The next two belong to it as well: its change streamer's and its backup's. */
  readonly port: number;
  /** The outermost of its processes, which ends the others. */
  readonly pid: number;
  /** SQLite; see it only read. */
  readonly replicaFile: string;
  /** What all its processes have logged, as far as it is kept. */
  log(): string;
  /** Settles when the last of its processes has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const keptLog = 256_000;
const readyMs = 60_000;

const listenOnLoopback = new URL(
  // TypeScript in the repository, JavaScript in the package.
  `./listen-on-loopback${extname(import.meta.filename)}`,
  import.meta.url,
).href;

/**
 * Longest time that a connection goes on reading with a token that has expired, and under
 * rules that have changed. zero-cache's own default is 300 s.
 */
const authSeconds = '10';

/**
 * A real zero-cache of one's own: free ports on 127.0.0.1, a fresh replica, one sync
 * worker, no telemetry, and tokens that are checked again every 10 s. It is given back when it has copied the tables and answers. It ends
 * with the process, however that ends, and leaves no file that it was not told to
 * keep; what it made in the upstream database, the replication slot too, goes with that.
 *
 * @example
 * await using server = await startPostgres({ settings: { wal_level: 'logical' } });
 * await using cache = await startZeroCache({ upstream: await server.createDatabase() });
 */
export async function startZeroCache(options: ZeroCacheOptions): Promise<ZeroCache> {
  const command = zeroCacheCommand();
  const { keepIn, upstream, publications } = options;
  await checkReplication(upstream, publications);
  // Between the probe and its start another process may take a port.
  const started = (): Promise<ZeroCache> =>
    attempt(options.port === undefined ? 3 : 1, () => start(command, options), isPortTaken);
  if (keepIn === undefined) return started();
  await mkdir(keepIn, { recursive: true });
  const unlock = takeFolder(keepIn, 'keep its replica in another folder');
  try {
    await endNotedProcesses(notesOf(keepIn));
    const cache = await started();
    void cache.ended.then(unlock);
    return cache;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The program; where it is not installed, what to do about it. */
export function zeroCacheCommand(): string {
  requireVersions(['@rocicorp/zero']);
  try {
    return fileURLToPath(new URL('./cli.js', import.meta.resolve('@rocicorp/zero')));
  } catch (error) {
    throw new ProblemError(
      {
        code: 'servers/no-zero',
        message: 'zero-cache is wanted, and @rocicorp/zero is not installed.',
        fix: 'npm install --save-dev @rocicorp/zero; npm 11 runs the install script of its SQLite only where package.json allows it (allowScripts).',
      },
      { cause: error },
    );
  }
}

async function start(command: string, options: ZeroCacheOptions): Promise<ZeroCache> {
  const { keepIn } = options;
  const port = options.port ?? (await freePorts(3));
  const release = holdPorts(port, 3);
  if (release === undefined) throw portTaken('zero-cache', port, 3);
  const folder = keepIn ?? (await mkdtemp(join(tmpdir(), 'garden-zero-cache-')));
  const temporaryFolder = keepIn === undefined ? folder : undefined;
  const replicaFile = join(folder, 'replica.db');
  // The processes that it forks inherit the options of Node.
  const child = spawn(process.execPath, ['--import', listenOnLoopback, command], {
    // It reads the .env of the folder that it starts in.
    cwd: folder,
    env: environment(options, port, replicaFile),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-keptLog);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // Its children hold the same pipes: they close when the last of them has ended.
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      release();
      resolve();
    });
  });
  // Each of them is in a group of its own, and does not notice when the first is gone: it
  // would go on for ever, and hold the replica.
  let family: readonly RunningProcess[] = [];
  const ownership = endWithProcess({
    stop: () => stopCache(child, ended, temporaryFolder),
    watched: () => ({
      pid: hasEnded(child) ? undefined : child.pid,
      signal: 'SIGQUIT',
      temporaryFolder,
    }),
    stopNow: () => {
      child.kill('SIGQUIT');
      if (temporaryFolder !== undefined)
        rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  });
  child.once('exit', () => {
    ownership.changed();
    void killProcesses(family);
  });
  const stop = async (): Promise<void> => {
    try {
      await stopCache(child, ended, temporaryFolder);
    } finally {
      ownership.forget();
    }
  };
  const note = async (): Promise<void> => {
    family = await familyOf(child.pid ?? -1);
    if (keepIn !== undefined) await writeFile(notesOf(keepIn), JSON.stringify(family));
  };
  try {
    await note();
    await untilReady(port, child, () => log);
    await note();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? -1,
    replicaFile,
    log: () => log,
    ended,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function environment(
  { upstream, publications, queryUrl, mutateUrl, apiKey, env, listenOn }: ZeroCacheOptions,
  port: number,
  replicaFile: string,
): Record<string, string | undefined> {
  // A setting of the person who runs the test is none of the test's.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ZERO_'));
  return {
    ...Object.fromEntries(inherited),
    DO_NOT_TRACK: '1',
    GARDEN_LISTEN_ON: listenOn,
    ZERO_ENABLE_TELEMETRY: 'false',
    ZERO_AUTH_REVALIDATE_INTERVAL_SECONDS: authSeconds,
    ZERO_AUTH_RETRANSFORM_INTERVAL_SECONDS: authSeconds,
    ZERO_ADMIN_PASSWORD: randomBytes(12).toString('hex'),
    ZERO_NUM_SYNC_WORKERS: '1',
    ZERO_PORT: String(port),
    ZERO_REPLICA_FILE: replicaFile,
    ZERO_UPSTREAM_DB: upstream,
    ...(publications && { ZERO_APP_PUBLICATIONS: publications.join(',') }),
    ...(queryUrl !== undefined && { ZERO_QUERY_URL: queryUrl }),
    ...(mutateUrl !== undefined && { ZERO_MUTATE_URL: mutateUrl }),
    ...(apiKey !== undefined && { ZERO_QUERY_API_KEY: apiKey, ZERO_MUTATE_API_KEY: apiKey }),
    ...env,
  };
}

async function untilReady(port: number, child: ChildProcess, log: () => string): Promise<void> {
  const until = Date.now() + readyMs;
  // Another process that has the port answers as well.
  const own = `garden: listening on port ${port}\n`;
  while (!(log().includes(own) && (await isReady(port)))) {
    const why = hasEnded(child)
      ? `ended with ${child.signalCode ?? child.exitCode}`
      : Date.now() > until && `was not ready after ${readyMs / 1000} s`;
    if (why !== false) {
      // What its processes say last may still be in the pipe.
      await sleep(100);
      if (log().includes('EADDRINUSE')) throw portTaken('zero-cache', port, 3);
      throw new Error(`zero-cache ${why}. Its log ends:\n${log().slice(-4000)}`);
    }
    await sleep(50);
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/keepalive`, {
      signal: AbortSignal.timeout(2000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

async function stopCache(
  child: ChildProcess,
  ended: Promise<void>,
  temporaryFolder: string | undefined,
): Promise<void> {
  // SIGQUIT, which it hands to its children, ends it at once. On SIGTERM it would wait
  // until its clients have gone elsewhere.
  child.kill('SIGQUIT');
  const inTime = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
  if (!inTime) child.kill('SIGKILL');
  if (temporaryFolder !== undefined)
    await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
