import { describe, expect, onTestFinished, test } from 'vitest';
import { configuredDatabase } from './configured-database.ts';
import { PGLITE, projectFolder } from './project-folder.fixture.ts';

/**
 * Creates a project that is removed after the test. Returns a function that runs a command
 * in it.
 */
function project(config: string, files = {}) {
  const { garden, remove } = projectFolder(config, files);
  onTestFinished(remove);
  return garden;
}

test('garden migrate uses the project in the working directory, and prints its name', async () => {
  const garden = project(PGLITE);
  const first = await garden('migrate');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    /^Migrating an embedded Postgres \(PGlite\) in own with the migrations in sql\n {2}0000_a .*\nApplied 1 migration /,
  );
  expect((await garden('migrate')).out).toContain('Up to date: 1 migration');
});

test('without a project, --app is required', async () => {
  const garden = project('');
  for (const command of ['migrate', 'seed', 'explain', 'dev', 'status', 'reset']) {
    expect(await garden(command)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^cli\/no-project: [^\n]+\n.*\n {4}fix .*--app garden\.\n$/s),
    });
  }
  expect(await garden('migrate', '--app', 'gardne')).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean garden?'),
  });
});

describe('garden seed in a project', () => {
  const seedConfig = { 'garden.config.ts': `export default { seed: './seed.ts' };` };
  const count = `export default async ({ db, tell }) => {
    await db.execute('insert into a select coalesce(max(id), 0) + 1 from a');
    const [row] = (await db.execute('select count(*)::int as n from a')).rows;
    tell(\`\${row.n} rows\`);
  };`;

  /** A project with a database that has its table. */
  async function migrated(files: Readonly<Record<string, string>>) {
    const { garden, writeDatabase, remove } = projectFolder(PGLITE, { ...seedConfig, ...files });
    onTestFinished(remove);
    await writeDatabase();
    return garden;
  }

  test("runs the seed of garden.config.ts in the project's database", async () => {
    const garden = await migrated({ 'seed.ts': count });
    expect(await garden('seed')).toEqual({
      code: 0,
      out: 'Seeding an embedded Postgres (PGlite) in own by ./seed.ts\nDone.\n',
      err: '  1 rows\n',
    });
    const again = await garden('seed', '--json');
    expect(JSON.parse(again.out)).toEqual({ database: 'own', seed: './seed.ts' });
  });

  test('a failing seed writes nothing', async () => {
    const failing = count.replace('};', "if (row.n === 2) throw new Error('no more'); };");
    const garden = await migrated({ 'seed.ts': failing });
    expect((await garden('seed')).err).toBe('  1 rows\n');
    expect(await garden('seed')).toMatchObject({
      code: 1,
      err: expect.stringContaining('./seed.ts failed: no more. Nothing was written.'),
    });
    expect((await garden('seed')).err).toContain('  2 rows\n');
  });

  test.each([
    ['garden.config.ts names no seed', {}, 'seed/none: '],
    [
      'default export is not an object',
      { ...seedConfig, 'seed.ts': 'export const a = 1;' },
      'seed/no-function: ',
    ],
    ['no such file', seedConfig, 'generate/cannot-load-config: '],
  ])('%s: reported', async (_, files, code) => {
    const { err, ...rest } = await project(PGLITE, files)('seed');
    expect(err).toMatch(new RegExp(`^${code}`));
    expect(rest.code).toBe(2);
  });

  test("an option of an app's seed requires --app", async () => {
    const found = await project(PGLITE)('seed', '--packages', '5');
    expect(found).toMatchObject({ code: 2, err: expect.stringContaining('add --app garden') });
  });
});

describe('dbCredentials', () => {
  const read = (dbCredentials: object, driver?: string) =>
    configuredDatabase('/project', '/project/drizzle.config.ts', {
      dbCredentials,
      ...(driver !== undefined && { driver }),
    });

  test.each([
    [{ url: 'postgres://a/b' }, 'postgres://a/b'],
    [{ host: 'db', database: 'app' }, 'postgres://db/app'],
    [
      { host: '::1', port: 6543, user: 'a:b', password: 'p@/ß', database: 'x y', ssl: true },
      'postgres://a%3Ab:p%40%2F%C3%9F@[::1]:6543/x%20y?sslmode=require',
    ],
  ])('%j', (credentials, url) => {
    expect(read(credentials)).toMatchObject({ kind: 'url', url });
  });

  test('name a PGlite folder, or nothing', () => {
    expect(read({ url: 'data' }, 'pglite')).toEqual({ kind: 'folder', folder: '/project/data' });
    expect(read({ url: undefined })).toBeUndefined();
    expect(read({ url: '' })).toBeUndefined();
    expect(configuredDatabase('/project', '/project/drizzle.config.ts', {})).toBeUndefined();
  });
});
