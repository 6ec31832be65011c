import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate as drizzleMigrate } from 'drizzle-orm/pglite/migrator';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blankPostgres } from '../testing/blank-postgres.fixture.ts';
import { problemOf } from './expect-problem.fixture.ts';
import { migrate } from './migrate.ts';
import type { MigrateProgress } from './progress.ts';
import {
  breakpoint,
  firstWhen,
  writeJournal,
  writeMigrations,
} from './write-migrations.fixture.ts';

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());
beforeEach(async () => {
  await client.exec(
    'drop schema if exists drizzle cascade; drop schema public cascade; create schema public',
  );
});

const two = {
  '0000_a': `create table a (id int primary key);${breakpoint}create table b (id int references a deferrable initially deferred);`,
  '0001_c': 'create table c (id int);',
};
const tables = async (): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'drizzle') order by 1",
  );
  return rows.map((row) => row.name);
};
const history = async (): Promise<readonly unknown[]> =>
  (await client.query('select * from drizzle.__drizzle_migrations order by id')).rows;

describe('migrate on PGlite', () => {
  test('applies pending migrations once', async () => {
    const folder = writeMigrations(two);
    const events: MigrateProgress[] = [];
    const onProgress = (event: MigrateProgress) => void events.push(event);

    const first = await migrate(client, { folder, onProgress });
    expect(first).toMatchObject({ applied: ['0000_a', '0001_c'], alreadyApplied: 0 });
    expect(events.map((event) => event.type)).toEqual([
      'planned',
      'applying',
      'applied',
      'applying',
      'applied',
    ]);
    const again = await migrate(client, { folder });
    expect(again).toMatchObject({ applied: [], alreadyApplied: 2, database: 'PGlite' });
  });

  test('writes the history that Drizzle writes', async () => {
    const folder = writeMigrations(two);
    await migrate(client, { folder });
    const ours = await history();
    const columns = `select column_name, data_type, is_nullable, column_default
      from information_schema.columns where table_schema = 'drizzle' order by 1`;
    const ourColumns = (await client.query(columns)).rows;
    await client.exec('drop schema drizzle cascade; drop table a, b, c');
    await drizzleMigrate(drizzle(client), { migrationsFolder: folder });
    expect(ours).toEqual(await history());
    expect(ourColumns).toEqual((await client.query(columns)).rows);
  });

  test.each(['ours', "drizzle's"])('continues where the other stopped, %s first', async (first) => {
    const folder = writeMigrations({ '0000_a': two['0000_a'] });
    const ours = async (): Promise<number> => (await migrate(client, { folder })).applied.length;
    const theirs = (): Promise<void> =>
      drizzleMigrate(drizzle(client), { migrationsFolder: folder });
    await (first === 'ours' ? ours() : theirs());
    writeFileSync(join(folder, '0001_c.sql'), two['0001_c']);
    writeJournal(folder, [
      { tag: '0000_a', when: firstWhen },
      { tag: '0001_c', when: firstWhen + 1 },
    ]);
    await (first === 'ours' ? theirs() : ours());
    expect(await tables()).toEqual([
      'drizzle.__drizzle_migrations',
      'public.a',
      'public.b',
      'public.c',
    ]);
    expect(await ours()).toBe(0);
    await theirs();
    expect(await history()).toHaveLength(2);
  });

  test('changes nothing when a statement fails, and names the statement', async () => {
    const folder = writeMigrations({
      ...two,
      '0002_wrong': `create table d (id int);${breakpoint}\ncreate table e (\n  id nonsense\n);`,
    });
    const problem = await problemOf(() => migrate(client, { folder }));
    expect(problem).toMatchObject({
      code: 'migrate/statement',
      places: [{ file: join(folder, '0002_wrong.sql'), line: 5, name: 'statement 2 of 2' }],
      context: ['create table e (\n  id nonsense\n);'],
      stage: 'migrate',
    });
    expect(problem.message).toContain('type "nonsense" does not exist');
    expect(problem.message).toContain('(42704). Nothing was changed');
    expect(await tables()).toEqual([]);
  });

  test('reports detail and hint of the database, and shortens long statements', async () => {
    const folder = writeMigrations({
      '0000_a': `create table a (id int primary key);${breakpoint}insert into a values (1), (1)${' '.repeat(20)}-- ${'x'.repeat(2000)}`,
    });
    const problem = await problemOf(() => migrate(client, { folder }));
    expect(problem.message).toContain('Detail: Key (id)=(1) already exists.');
    expect(problem.context?.[0]).toMatch(/^insert into a[^]{500,700} …$/);
  });

  test('a table that exists unrecorded can be recorded as the fix says', async () => {
    const folder = writeMigrations({ '0000_a': 'create table a (id int);' });
    await client.exec('create table a (id int)');
    const problem = await problemOf(() => migrate(client, { folder }));
    expect(problem.message).toContain('42P07');
    expect(problem.fix).toContain('no row records this file');
    expect(await tables()).toEqual(['public.a']);

    await client.exec(problem.fix.slice(problem.fix.indexOf('\n')));
    expect(await migrate(client, { folder })).toMatchObject({ applied: [], alreadyApplied: 1 });
  });

  test('refuses an edited file, but not one that Windows checked out', async () => {
    const folder = writeMigrations({ '0000_a': 'create table a (\n  id int\n);\n' });
    const file = join(folder, '0000_a.sql');
    await migrate(client, { folder });
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    expect((await migrate(client, { folder })).alreadyApplied).toBe(1);
    appendFileSync(file, 'create table late (id int);');
    expect((await problemOf(() => migrate(client, { folder }))).code).toBe('migrate/edited');
  });

  test('refuses a COMMIT in a file before anything runs', async () => {
    const folder = writeMigrations({ ...two, '0002_commit': 'create table d (id int); commit;' });
    const problem = await problemOf(() => migrate(client, { folder }));
    expect(problem.code).toBe('migrate/transaction-control');
    expect(await tables()).toEqual([]);
  });

  test('reports a constraint violation at COMMIT', async () => {
    const folder = writeMigrations({ ...two, '0002_row': 'insert into b values (7)' });
    const problem = await problemOf(() => migrate(client, { folder }));
    expect(problem.code).toBe('migrate/commit');
    expect(problem.message).toContain('Key (id)=(7) is not present');
    expect(await tables()).toEqual([]);
  });

  test('a file may hold several commands, or comments alone', async () => {
    const folder = writeMigrations({
      '0000_a': `-- Custom SQL migration file, put your code below! --${breakpoint}`,
      '0001_b': 'create table a (id int); create table b (id int);',
      '0002_c': '',
    });
    expect((await migrate(client, { folder })).applied).toHaveLength(3);
    expect(await tables()).toEqual(['drizzle.__drizzle_migrations', 'public.a', 'public.b']);
  });

  test('changes nothing if there are no migrations', async () => {
    await migrate(client, { folder: writeMigrations({}) });
    expect(await tables()).toEqual([]);
  });

  test('stops between two files after an abort', async () => {
    const folder = writeMigrations(two);
    const stop = new AbortController();
    const run = migrate(client, {
      folder,
      signal: stop.signal,
      onProgress: (event) => event.type === 'applied' && stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    expect(await tables()).toEqual([]);
  });

  test('reacts to an abort during the run, though PGlite blocks the thread', async () => {
    const folder = writeMigrations(two);
    const stop = new AbortController();
    const run = migrate(client, {
      folder,
      signal: stop.signal,
      // Like Ctrl-C, this arrives in a later turn of the event loop.
      onProgress: ({ type }) =>
        type === 'planned' && setImmediate(() => stop.abort(new Error('enough'))),
    });
    await expect(run).rejects.toThrow('enough');
    expect(await tables()).toEqual([]);
  });

  test('refuses an invalid lock timeout', async () => {
    for (const lockTimeout of [-1, Number.NaN]) {
      const problem = await problemOf(() => migrate(client, { folder: 'drizzle', lockTimeout }));
      expect(problem.code).toBe('migrate/lock-timeout');
    }
  });
});
