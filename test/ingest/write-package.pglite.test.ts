import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Registry } from '../../src/apps/garden/tables/registry.ts';
import { TargetCache } from '../../src/apps/garden/ingest/write/target-cache.ts';
import { writePackage, type Written } from '../../src/apps/garden/ingest/write/write-package.ts';
import type { FetchedPackage } from '../../src/apps/garden/ingest/registry/registry-adapter.ts';
import { rowsOf } from '../../src/postgres/rows-of.ts';
import type { Statements } from '../../src/apps/garden/ingest/write/statement.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { gardenState } from './garden-state.ts';
import { pkg } from './short-package.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
});
afterAll(() => database[Symbol.asyncDispose]());

const write = (
  db: Statements,
  fetched: FetchedPackage,
  cache = new TargetCache(),
  registry: Registry = 'npm',
): Promise<Written> => writePackage(db, registry, fetched, cache);

const dependencyLines = async (db: Statements): Promise<readonly string[]> =>
  (await gardenState(db))
    .filter((line) => line.startsWith('dependency'))
    .map((line) => line.replace('dependency npm ', ''));

describe('a package', () => {
  test('is written with versions, dependencies, tags, and links to stored packages', async () => {
    await database.isolated(async ({ db }) => {
      await write(
        db,
        pkg(
          'b',
          { '1.0.0': {}, '1.1.0': {}, '2.0.0-rc.1': {} },
          { tags: new Map([['latest', '1.0.0']]) },
        ),
      );
      const written = await write(
        db,
        pkg('a', { '1.0.0': { b: '^1', c: '^2', d: '3.0.0', e: 'git://host/e', a: '^1' } }),
      );
      expect(written).toMatchObject({
        created: true,
        versions: { added: 1 },
        dependencies: { added: 5, removed: 0 },
        linked: 0,
      });
      expect(await gardenState(db)).toEqual([
        'dependency npm a 1.0.0 runtime a ^1 registry 1.0.0 on npm a 1.0.0',
        'dependency npm a 1.0.0 runtime b ^1 registry 1.0.0 on npm b 1.0.0',
        'dependency npm a 1.0.0 runtime c ^2 unresolved ^2 on',
        'dependency npm a 1.0.0 runtime d 3.0.0 registry 3.0.0 on',
        'dependency npm a 1.0.0 runtime e git://host/e git git://host/e on',
        'package npm a about a {}',
        'package npm b about b {"latest": "1.0.0"}',
        'version npm a 1.0.0 A1A0A0~ f false',
        'version npm b 1.0.0 A1A0A0~ f false',
        'version npm b 1.1.0 A1A1A0~ f false',
        'version npm b 2.0.0-rc.1 A2A0A0-2rc!1A1 t false',
      ]);
    });
  });

  test('links waiting dependencies, and corrects assumed versions', async () => {
    await database.isolated(async ({ db }) => {
      await write(
        db,
        pkg('a', { '1.0.0': { d: '3.0.0', b: '^1' }, '1.1.0': { d: '4.0.0', b: '^1' } }),
      );
      expect((await write(db, pkg('d', { '3.0.0': {} }))).linked).toBe(2);
      expect((await write(db, pkg('b', { '0.9.0': {} }))).linked).toBe(2);
      expect(await dependencyLines(db)).toEqual([
        'a 1.0.0 runtime b ^1 unresolved ^1 on npm b',
        'a 1.0.0 runtime d 3.0.0 registry 3.0.0 on npm d 3.0.0',
        'a 1.1.0 runtime b ^1 unresolved ^1 on npm b',
        'a 1.1.0 runtime d 4.0.0 unresolved 4.0.0 on npm d',
      ]);
      // A version that is published later is linked to waiting dependencies.
      expect((await write(db, pkg('b', { '0.9.0': {}, '1.0.0': {} }))).linked).toBe(2);
      expect((await dependencyLines(db))[0]).toBe(
        'a 1.0.0 runtime b ^1 registry 1.0.0 on npm b 1.0.0',
      );
    });
  });

  test('of another registry with the same name is not linked', async () => {
    await database.isolated(async ({ db }) => {
      await write(db, pkg('a', { '1.0.0': { zlib: '^1' } }));
      await write(db, pkg('zlib', { '1.3': {} }, { registry: 'brew' }), undefined, 'brew');
      await write(
        db,
        pkg('@x/y', { '1.0.0': { 'npm:react': '^18' } }, { registry: 'jsr' }),
        undefined,
        'jsr',
      );
      await write(db, pkg('react', { '18.2.0': {} }));
      expect((await gardenState(db)).filter((line) => line.startsWith('dependency'))).toEqual([
        'dependency jsr @x/y 1.0.0 runtime npm:react ^18 registry 18.2.0 on npm react 18.2.0',
        'dependency npm a 1.0.0 runtime zlib ^1 unresolved ^1 on',
      ]);
    });
  });
});

describe('fetched again', () => {
  const rowVersions = async (db: Statements): Promise<readonly unknown[]> =>
    rowsOf(
      db,
      sql`select 'v' as what, id, xmin::text from package_versions union all select 'd', id, xmin::text from package_dependencies order by 2`,
    );

  test('unchanged rows are not written', async () => {
    const { db } = database;
    const same = pkg('same', {
      '1.0.0': { x: '1.0.0', é: '^1', '😀': '^2', '\uffff': '1' },
      '1.1.0': { x: '^2' },
      '!1.2.0': {},
    });
    await write(db, same);
    const before = await rowVersions(db);
    expect(await write(db, same)).toMatchObject({
      created: false,
      versions: { added: 0, changed: 0, yanked: 0 },
      dependencies: { added: 0, removed: 0 },
      linked: 0,
    });
    expect(await rowVersions(db)).toEqual(before);
    await db.execute(sql`delete from packages`);
  });

  test('new versions are added, yanked ones marked and unmarked, changed dependencies replaced', async () => {
    await database.isolated(async ({ db }) => {
      await write(
        db,
        pkg('a', { '1.0.0': { x: '1', y: '1' }, '1.1.0': { x: '1' }, '!1.2.0': { x: '1' } }),
      );
      await write(db, pkg('b', { '1.0.0': { a: '1.1.0' } }));
      const again = await write(
        db,
        pkg('a', { '1.0.0': { x: '1', z: '1' }, '1.2.0': { x: '1' }, '2.0.0': {} }),
      );
      expect(again).toMatchObject({
        created: false,
        versions: { added: 1, changed: 1, yanked: 1 },
        dependencies: { added: 1, removed: 1 },
      });
      expect(
        (await gardenState(db)).filter((line) => /^(version|dependency) npm a/.test(line)),
      ).toEqual([
        'dependency npm a 1.0.0 runtime x 1 unresolved 1 on',
        'dependency npm a 1.0.0 runtime z 1 unresolved 1 on',
        'dependency npm a 1.1.0 runtime x 1 unresolved 1 on',
        'dependency npm a 1.2.0 runtime x 1 unresolved 1 on',
        'version npm a 1.0.0 A1A0A0~ f false',
        'version npm a 1.1.0 A1A1A0~ f true',
        'version npm a 1.2.0 A1A2A0~ f false',
        'version npm a 2.0.0 A2A0A0~ f false',
      ]);
      // Dependencies on a yanked version are kept.
      expect(await dependencyLines(db)).toContain(
        'b 1.0.0 runtime a 1.1.0 registry 1.1.0 on npm a 1.1.0',
      );
    });
  });

  test('fields missing from the response are kept, and removed fields are cleared', async () => {
    await database.isolated(async ({ db }) => {
      await write(db, pkg('a', { '1.0.0': {} }, { homepage: 'https://a.example/' }));
      await write(db, pkg('a', { '1.0.0': {} }, { description: undefined, homepage: null }));
      expect(await rowsOf(db, sql`select description, homepage from packages`)).toEqual([
        { description: 'about a', homepage: null },
      ]);
    });
  });

  test('a package that an administrator removed stays removed', async () => {
    await database.isolated(async ({ db }) => {
      await write(db, pkg('a', { '1.0.0': {} }));
      await db.execute(sql`update packages set deleted_at = now()`);
      await expect(write(db, pkg('a', { '2.0.0': {} }))).rejects.toMatchObject({
        retry: false,
        problem: { code: 'ingest/removed' },
      });
    });
  });
});
