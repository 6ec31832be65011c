import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { newId } from '../../src/kit/index.ts';
import { accessRules } from '../../src/server.ts';
import { compareAccess, type IsolatedTest, type TestPrincipal } from '../../src/testing.ts';
import { sampleRows, type SampleRows } from '../zod/sample-rows.ts';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';

type Isolated = IsolatedTest<typeof garden>;

let database: SharedDatabase;
beforeAll(async () => {
  database = await sharedDatabase();
});

const role = 'garden_user';
const anonymous: TestPrincipal = { role };
const person = (sub: string): TestPrincipal => ({ role, claims: { sub, roles: [] } });
const admin: TestPrincipal = { role, claims: { sub: newId(), roles: ['admin'] } };
const worker: TestPrincipal = { role, claims: { sub: newId(), roles: ['worker'] } };

/** A package and a tag that are not deleted, with their rows; an owner and another user. */
async function planted({
  db,
}: Isolated): Promise<SampleRows & { owner: TestPrincipal; stranger: TestPrincipal }> {
  const rows = sampleRows();
  const alive = { deletedAt: null, deletedBy: null };
  const other = { ...rows.account, id: newId(), name: 'Another' };
  await db.insert(garden.account).values([rows.account, other]);
  await db.insert(garden.packages).values({ ...rows.packages, ...alive });
  await db.insert(garden.packageVersions).values(rows.packageVersions);
  await db.insert(garden.packageDependencies).values(rows.packageDependencies);
  await db.insert(garden.packageRequests).values(rows.packageRequests);
  await db.insert(garden.tags).values({ ...rows.tags, ...alive });
  await db.insert(garden.packageTags).values(rows.packageTags);
  return { ...rows, owner: person(rows.account.id), stranger: person(other.id) };
}

const catalogue = ['packages', 'package_versions', 'package_dependencies', 'package_tags'] as const;

/** The number of rows of each table that a principal sees. */
async function counts(
  { as, client }: Isolated,
  who: TestPrincipal,
): Promise<Record<string, number>> {
  return as(who, async () => {
    const seen: Record<string, number> = {};
    for (const table of ['account', ...catalogue, 'tags', 'package_requests']) {
      const { rows } = await client.query<{ n: number }>(
        `select count(id)::int as n from ${table}`,
      );
      seen[table] = rows[0]?.n ?? -1;
    }
    return seen;
  });
}

const everything = { packages: 1, package_versions: 1, package_dependencies: 1, package_tags: 1 };
const nothing = { packages: 0, package_versions: 0, package_dependencies: 0, package_tags: 0 };

describe('reading', () => {
  test('anonymous users read the catalogue, and no request', async () => {
    await database.isolated(async (isolated) => {
      await planted(isolated);
      expect(await counts(isolated, anonymous)).toEqual({
        ...everything,
        account: 2,
        tags: 1,
        package_requests: 0,
      });
    });
  });

  test('users also read their own requests, and no others', async () => {
    await database.isolated(async (isolated) => {
      const { owner, stranger } = await planted(isolated);
      expect(await counts(isolated, owner)).toMatchObject({ package_requests: 1 });
      expect(await counts(isolated, stranger)).toMatchObject({ package_requests: 0 });
      expect(await counts(isolated, admin)).toMatchObject({ package_requests: 1 });
      expect(await counts(isolated, worker)).toMatchObject({ package_requests: 1 });
    });
  });

  test('only staff see the versions, dependencies and assignments of a deleted package', async () => {
    await database.isolated(async (isolated) => {
      const { owner } = await planted(isolated);
      await isolated.db.update(garden.packages).set({ deletedAt: new Date() });
      expect(await counts(isolated, anonymous)).toMatchObject(nothing);
      expect(await counts(isolated, owner)).toMatchObject(nothing);
      expect(await counts(isolated, admin)).toMatchObject(everything);
    });
  });

  test('only admins see a deleted tag and its assignments', async () => {
    await database.isolated(async (isolated) => {
      const { owner } = await planted(isolated);
      await isolated.db.update(garden.tags).set({ deletedAt: new Date() });
      for (const [who, seen] of [
        [owner, 0],
        [worker, 0],
        [admin, 1],
      ] as const) {
        expect(await counts(isolated, who)).toMatchObject({ tags: seen, package_tags: seen });
      }
    });
  });

  test.each(['locked_by', 'locked_until'])('%s never leaves the server', async (column) => {
    await database.isolated(async (isolated) => {
      const { owner } = await planted(isolated);
      for (const who of [owner, admin, worker]) {
        const error = await isolated.attempt(() =>
          isolated.as(who, () => isolated.client.query(`select ${column} from package_requests`)),
        );
        expect(error?.code).toBe('42501');
      }
    });
  });

  test.each([
    ['a subject that is not a uuid', { sub: 'somebody' }],
    ['a subject that is a number', { sub: 7 }],
    ['roles that are one word', { roles: 'admin' }],
    ['roles with something else among them', { roles: ['admin', 1] }],
    ['nothing', {}],
  ])('a token with %s opens nothing', async (_, claims) => {
    await database.isolated(async (isolated) => {
      await planted(isolated);
      expect(await counts(isolated, { role, claims })).toMatchObject({ package_requests: 0 });
    });
  });

  test('a subject in upper case is the same user', async () => {
    await database.isolated(async (isolated) => {
      const { account } = await planted(isolated);
      const loud = person(account.id.toUpperCase());
      expect(await counts(isolated, loud)).toMatchObject({ package_requests: 1 });
    });
  });
});

/** The result of a write: `denied` for an error, `nothing` if it silently changed no row. */
async function write(
  { as, attempt }: Isolated,
  who: TestPrincipal,
  run: () => PromiseLike<{ affectedRows?: number }>,
): Promise<'done' | 'nothing' | 'denied'> {
  let affected = 0;
  const error = await attempt(() =>
    as(who, async () => {
      affected = (await run()).affectedRows ?? 0;
    }),
  );
  if (error) {
    expect(error.code).toBe('42501');
    return 'denied';
  }
  return affected > 0 ? 'done' : 'nothing';
}

describe('writing', () => {
  test('only admins soft-delete and restore packages', async () => {
    await database.isolated(async (isolated) => {
      const { db } = isolated;
      const { packages, owner } = await planted(isolated);
      const set = (deletedAt: Date | null) => () =>
        db.update(garden.packages).set({ deletedAt }).where(eq(garden.packages.id, packages.id));
      expect(await write(isolated, anonymous, set(new Date()))).toBe('nothing');
      expect(await write(isolated, owner, set(new Date()))).toBe('nothing');
      expect(await write(isolated, admin, set(new Date()))).toBe('done');
      expect(await write(isolated, admin, set(null))).toBe('done');
      expect(await write(isolated, admin, () => db.delete(garden.packages))).toBe('denied');
    });
  });

  test('users assign tags in their own name, to packages that they may read', async () => {
    await database.isolated(async (isolated) => {
      const { db } = isolated;
      const { packages, packageTags, owner, stranger } = await planted(isolated);
      const assign = () => db.insert(garden.packageTags).values(packageTags);
      const withdraw = () => db.delete(garden.packageTags);
      expect(await write(isolated, stranger, withdraw)).toBe('nothing');
      expect(await write(isolated, owner, withdraw)).toBe('done');
      expect(await write(isolated, anonymous, assign)).toBe('denied');
      expect(await write(isolated, stranger, assign)).toBe('denied');
      expect(await write(isolated, owner, assign)).toBe('done');
      expect(await write(isolated, admin, withdraw)).toBe('done');
      await db
        .update(garden.packages)
        .set({ deletedAt: new Date() })
        .where(eq(garden.packages.id, packages.id));
      expect(await write(isolated, owner, assign)).toBe('denied');
    });
  });

  test('users request packages only through the queue, cancel their own pending requests, and cannot delete any', async () => {
    await database.isolated(async (isolated) => {
      const { db } = isolated;
      const { account, owner, stranger } = await planted(isolated);
      const fresh = {
        id: newId(),
        packageName: 'zod',
        registry: 'npm' as const,
        requestedBy: account.id,
        isAutoQueued: false,
        depth: 0,
        priority: 50,
        status: 'pending' as const,
        attemptCount: 0,
        runAt: new Date(),
        createdAt: new Date(),
        updatedAt: new Date(),
      };
      // Only granted columns: a lease column cannot even be set to NULL.
      const columns = Object.keys(sql(fresh)).join();
      const ask = async () =>
        isolated.client.query(
          `insert into package_requests (${columns}) select ${columns}
           from json_populate_record(null::package_requests, $1)`,
          [JSON.stringify(sql(fresh))],
        );
      // Not even a valid one: it would not count towards the limit.
      for (const who of [anonymous, stranger, owner, admin]) {
        expect(await write(isolated, who, ask)).toBe('denied');
      }
      expect(await write(isolated, worker, ask)).toBe('done');
      const change = (values: object) => () =>
        db
          .update(garden.packageRequests)
          .set(values)
          .where(eq(garden.packageRequests.id, fresh.id));
      expect(await write(isolated, owner, change({ status: 'completed' }))).toBe('denied');
      expect(await write(isolated, owner, change({ priority: 100 }))).toBe('denied');
      // A cancellation only changes the status and its time.
      for (const more of [
        { errorMessage: 'by me' },
        { priority: 100 },
        { runAt: new Date(0) },
        { packageId: null },
        { attemptCount: 3 },
      ]) {
        const cancelled = change({ status: 'cancelled', ...more });
        expect(await write(isolated, owner, cancelled), JSON.stringify(more)).toBe('denied');
      }
      expect(await write(isolated, stranger, change({ status: 'cancelled' }))).toBe('nothing');
      expect(await write(isolated, owner, change({ status: 'cancelled' }))).toBe('done');
      expect(await write(isolated, owner, change({ status: 'cancelled' }))).toBe('nothing');
      await db
        .update(garden.packageRequests)
        .set({ status: 'pending' })
        .where(eq(garden.packageRequests.id, fresh.id));
      const forget = () =>
        db.delete(garden.packageRequests).where(eq(garden.packageRequests.id, fresh.id));
      // It would no longer count towards the hourly limit.
      for (const who of [stranger, owner, admin]) {
        expect(await write(isolated, who, forget)).toBe('nothing');
      }
      expect(await write(isolated, worker, forget)).toBe('done');
    });
  });

  test.each([
    ['an id', garden.packages, { id: newId() }],
    ['a creation time', garden.packages, { createdAt: new Date(0) }],
    ['the user of a request', garden.packageRequests, { requestedBy: null }],
    ['the package of a request', garden.packageRequests, { packageName: 'another' }],
    ['the depth of a request', garden.packageRequests, { depth: 0 }],
    ['the due time of a request', garden.packageRequests, { runAt: new Date(0) }],
    ['the result of a request', garden.packageRequests, { packageId: null }],
    ['the package of a version', garden.packageVersions, { packageId: newId() }],
    ['the creation time of a tag', garden.tags, { createdAt: new Date(0) }],
  ])('nobody changes %s', async (_, table, change) => {
    await database.isolated(async (isolated) => {
      const { owner } = await planted(isolated);
      for (const who of [owner, admin, worker]) {
        expect(
          await write(isolated, who, () => isolated.db.update(table).set(change as never)),
        ).toBe('denied');
      }
    });
  });

  test('only the owner changes a profile', async () => {
    await database.isolated(async (isolated) => {
      const { account, owner, stranger } = await planted(isolated);
      const rename = () =>
        isolated.db
          .update(garden.account)
          .set({ name: 'Renamed' })
          .where(eq(garden.account.id, account.id));
      expect(await write(isolated, stranger, rename)).toBe('nothing');
      expect(await write(isolated, admin, rename)).toBe('nothing');
      expect(await write(isolated, owner, rename)).toBe('done');
    });
  });

  test('workers write the catalogue', async () => {
    await database.isolated(async (isolated) => {
      const { db } = isolated;
      const { packages, packageVersions, owner } = await planted(isolated);
      const grow = () =>
        db.insert(garden.packages).values({ ...packages, id: newId(), name: `new-${newId()}` });
      const release = () =>
        db
          .insert(garden.packageVersions)
          .values({ ...packageVersions, id: newId(), version: newId() });
      for (const act of [grow, release]) {
        expect(await write(isolated, owner, act)).toBe('denied');
        expect(await write(isolated, admin, act)).toBe('denied');
        expect(await write(isolated, worker, act)).toBe('done');
      }
    });
  });
});

/** A row with SQL names. */
function sql(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

test('the migrated policies agree with the rules on random rows and principals', async () => {
  const { telling, enforcers } = await compareAccess({
    client: database.client,
    rules: accessRules(garden),
    role,
    cases: 400,
  });
  // About 0.36; the rows and principals differ in each run.
  expect(telling).toBeGreaterThan(0.2);
  expect(enforcers).toContain('guarded reads in SQLite');
});
