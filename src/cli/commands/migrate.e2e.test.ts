import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { PostgresServer } from '../../processes/postgres-server.ts';
import { sharedPostgres } from '../../processes/shared-postgres.fixture.ts';
import { commandsOf } from '../commands.ts';
import { gardenApp } from '../../apps/garden/app.ts';
import { lockFolder } from '../../postgres/folder-lock.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { run } from '../run.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await sharedPostgres();
});

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const cwd = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'garden-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const garden = async (args: readonly string[], options: Parameters<typeof recordIo>[0]) => {
  const io = recordIo(options);
  const code = await run(['migrate', '--app', 'garden', ...args], io, {
    commands: commandsOf([gardenApp]),
  });
  return { code, out: io.out(), err: io.err() };
};

describe('garden migrate on a server', () => {
  test('prints one line per migration, and "nothing to do" on the second run', async () => {
    const env = { DATABASE_URL: await server.createDatabase('shown') };
    const first = await garden([], { env });
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(
      /^Migrating postgres@127\.0\.0\.1:\d+\/shown with the migrations of the app garden\n( {2}\d{4}_\w+ {2}[\d.]+ m?s\n)+Applied \d+ migrations? in [\d.]+ m?s\.\n$/,
    );
    const again = await garden([], { env, isTTY: true });
    expect(again.out).toMatch(/Up to date: \d+ migrations?, nothing to do\./);
    const json = await garden(['--json'], { env });
    expect(JSON.parse(json.out)).toMatchObject({
      applied: [],
      database: expect.stringContaining('/shown'),
    });
    expect(first.out + again.out + json.out).not.toContain(new URL(server.url).password);
  });

  test('the process itself: exit codes, streams, a closed pipe', async () => {
    const env = {
      ...process.env,
      DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/db',
      FORCE_COLOR: '0',
    };
    const failed: unknown = await promisify(execFile)(
      process.execPath,
      [main, 'migrate', '--app', 'garden'],
      {
        env,
      },
    ).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 2,
      stdout: 'Migrating ada@127.0.0.1:1/db with the migrations of the app garden\n',
      stderr: expect.stringMatching(
        /^database\/unreachable: nothing listens there\.\n {4}at {2}ada@127\.0\.0\.1:1\/db\n {4}fix .*\n$/,
      ),
    });
    const child = spawn(process.execPath, [main, '--help'], { env });
    child.stdout.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('Ctrl-C rolls back, releases the lock, and exits with 130', async () => {
    const url = await server.createDatabase();
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    onTestFinished(() => sql.end({ timeout: 0 }));
    // The garden's first migration waits for this transaction, and holds the migration
    // lock.
    await sql.unsafe(
      'begin; create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    );
    const child = spawn(process.execPath, [main, 'migrate', '--app', 'garden'], {
      env: { ...process.env, DATABASE_URL: url },
    });
    let err = '';
    child.stderr.on('data', (text) => (err += String(text)));
    const watcher = postgres(url, { max: 1 });
    onTestFinished(() => watcher.end({ timeout: 0 }));
    const ours = "application_name = 'garden migrate' and datname = current_database()";
    await expect
      .poll(
        () =>
          watcher.unsafe(
            `select 1 from pg_stat_activity where ${ours} and wait_event_type = 'Lock'`,
          ),
        { timeout: 10_000 },
      )
      .toHaveLength(1);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(err).toContain('cli/interrupted: stopped by SIGINT. Nothing was changed');
    await expect
      .poll(() => watcher.unsafe(`select 1 from pg_stat_activity where ${ours}`))
      .toHaveLength(0);
    expect(await watcher.unsafe("select 1 from pg_locks where locktype = 'advisory'")).toHaveLength(
      0,
    );
  });
});

describe('garden migrate without a server', () => {
  test('creates an embedded database, reports it, and finds it again', async () => {
    const folder = cwd();
    const first = await garden([], { cwd: folder });
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out.split('\n')[0]).toBe(
      `Migrating an embedded Postgres (PGlite) in ${join('.garden', 'pglite')} (no URL is set) with the migrations of the app garden`,
    );
    expect((await garden([], { cwd: folder })).out).toContain('Up to date');
    expect(existsSync(join(folder, '.garden', 'pglite.lock'))).toBe(false);

    // The folder contains a database that PGlite can open.
    const client = await PGlite.create(join(folder, '.garden', 'pglite'));
    onTestFinished(() => client.close());
    expect((await client.query('select 1 from drizzle.__drizzle_migrations')).rows).not.toEqual([]);
  });

  test('refuses a folder that is in use, foreign, damaged or a file', async () => {
    const folder = cwd();
    const data = join(folder, 'data');
    const refusal = async () => (await garden(['--data', 'data', '--json'], { cwd: folder })).out;

    const release = lockFolder(data);
    expect(await refusal()).toContain('database/in-use');
    release();

    writeFileSync(data, 'a file');
    expect(await refusal()).toContain('database/not-a-data-folder');
    rmSync(data);
    mkdirSync(data);
    writeFileSync(join(data, 'letter.txt'), 'dear');
    expect(await refusal()).toContain('database/not-a-data-folder');
    rmSync(join(data, 'letter.txt'));
    writeFileSync(join(data, 'PG_VERSION'), '17\n');
    const damaged = await refusal();
    expect(damaged).toContain('database/data-folder');
    expect(damaged).toContain('of Postgres 17');
    expect(existsSync(`${data}.lock`)).toBe(false);
  });

  test('refuses invalid values before it opens a database', async () => {
    const folder = cwd();
    for (const value of ['soon', '', '-1', 'Infinity']) {
      const { code, err } = await garden([`--lock-timeout=${value}`], { cwd: folder });
      expect(code).toBe(2);
      expect(err).toContain('cli/bad-value');
    }
    expect(existsSync(join(folder, '.garden'))).toBe(false);
  });
});
