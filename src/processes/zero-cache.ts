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
  /** The publications to replicate; by default every table in the schema public. */
  readonly publications?: readonly string[];
  /** The endpoints for named queries and mutations. */
  readonly queryUrl?: string;
  readonly mutateUrl?: string;
  /** The API key for both endpoints. */
  readonly apiKey?: string;
  /**
   * Other environment variables of zero-cache: `{ ZERO_QUERY_FORWARD_COOKIES: 'true' }`, or
   * the settings for several nodes.
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * A folder for a replica that is kept when zero-cache stops, and reused. By default the
   * replica is new.
   */
  readonly keepIn?: string;
  /** This port and the next two; free ones by default. */
  readonly port?: number;
  /**
   * Network interfaces to listen on: `loopback` by default. The change streamer, on the
   * port after zero-cache's own, sends every replicated row to any connection: `all` is
   * only for networks where nobody else can reach that port.
   */
  readonly listenOn?: 'loopback' | 'all';
}

export interface ZeroCache {
  /** The `cacheURL` for clients. */
  readonly url: string;
  /** The next two ports also belong to it: the change streamer's and the backup's. */
  readonly port: number;
  /** Its root process, which ends the others. */
  readonly pid: number;
  /** The SQLite file; open it read-only. */
  readonly replicaFile: string;
  /** The end of the log of all its processes. */
  log(): string;
  /** Settles when the last of its processes has ended, for any reason. */
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
 * Maximum time in seconds that a connection continues with an expired token or outdated
 * rules. zero-cache's own default is 300 s.
 */
const authSeconds = '10';

/**
 * A real zero-cache: free ports on 127.0.0.1, a new replica, one sync worker, no telemetry,
 * and tokens that are checked again every 10 s. The promise resolves when it has copied the
 * tables and responds. It ends with this process, however the process ends, and leaves no
 * files except in `keepIn`. Its objects in the upstream database, including the replication
 * slot, are removed with that database.
 *
 * @example
 * await using server = await startPostgres({ settings: { wal_level: 'logical' } });
 * await using cache = await startZeroCache({ upstream: await server.createDatabase() });
 */
export async function startZeroCache(options: ZeroCacheOptions): Promise<ZeroCache> {
  const command = zeroCacheCommand();
  const { keepIn, upstream, publications } = options;
  await checkReplication(upstream, publications);
  // Another process may take a port between the check and the start.
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

/** The path of the program; throws with instructions if it is not installed. */
export function zeroCacheCommand(): string {
  requireVersions(['@rocicorp/zero']);
  try {
    return fileURLToPath(new URL('./cli.js', import.meta.resolve('@rocicorp/zero')));
  } catch (error) {
    throw new ProblemError(
      {
        code: 'servers/no-zero',
        message: 'zero-cache is required, but @rocicorp/zero is not installed.',
        fix: 'npm install --save-dev @rocicorp/zero; npm 11 runs the install script of its SQLite only if package.json allows it (allowScripts).',
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
  // Its child processes inherit the Node options.
  const child = spawn(process.execPath, ['--import', listenOnLoopback, command], {
    // It reads the .env file of its working directory.
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
  // Its children share the same pipes, which close when the last of them has ended.
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      release();
      resolve();
    });
  });
  // Each child is in its own process group and does not notice when the first process is
  // gone: it would run forever, and hold the replica.
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
  // Zero settings in the environment of the caller must not apply.
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
  // Another process on the same port would respond too.
  const own = `garden: listening on port ${port}\n`;
  while (!(log().includes(own) && (await isReady(port)))) {
    const why = hasEnded(child)
      ? `ended with ${child.signalCode ?? child.exitCode}`
      : Date.now() > until && `was not ready after ${readyMs / 1000} s`;
    if (why !== false) {
      // The last output of its processes may still be in the pipe.
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
  // SIGQUIT ends it and its children immediately. On SIGTERM it would wait until its
  // clients have disconnected.
  child.kill('SIGQUIT');
  const inTime = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
  if (!inTime) child.kill('SIGKILL');
  if (temporaryFolder !== undefined)
    await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
