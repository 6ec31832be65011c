import { drizzle } from 'drizzle-orm/pglite';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MCP_ROLE } from '../../src/apps/mcp/role.ts';
import { mcpMigrations } from '../../src/apps/mcp/migrations-folder.ts';
import {
  openPackage,
  recordPackageUse,
  restorePackageVersion,
} from '../../src/apps/mcp/server/index.ts';
import { asPrincipal } from '../../src/server.ts';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { userId } from './plant-packages.ts';

const [ADA, BEN] = [userId(1), userId(2)];
const packageId = (number: number): string => `00000000-0000-4000-a000-00000000000${number}`;
const [PRIVATE, UNLISTED, SHARED, PUBLIC] = [1, 2, 3, 4].map(packageId) as [
  string,
  string,
  string,
  string,
];

let database: TestDatabase<Record<string, never>>;
let db: AnyDatabase;
beforeAll(async () => {
  database = await testDatabase({ folder: mcpMigrations });
  db = drizzle(database.client);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.client.exec(`truncate users, categories cascade;
insert into users values ('${ADA}', 'Ada', now(), now()), ('${BEN}', 'Ben', now(), now());
insert into packages (id, user_id, name, description, language, tags, relevant_files_pattern, metadata, created_at, updated_at, visibility) select ('00000000-0000-4000-a000-00000000000' || g)::uuid, '${ADA}', 'p' || g, 'first', 'sql', '{}', '{}', '{}',
  '2026-01-01', '2026-01-01', (array['private', 'unlisted', 'shared', 'public'])[g] from generate_series(1, 4) g;
insert into package_shares values (gen_random_uuid(), '${SHARED}', '${BEN}', now())`);
});

const as = <T>(sub: string | undefined, run: (tx: AnyDatabase) => Promise<T>): Promise<T> =>
  asPrincipal(db, { role: MCP_ROLE, claims: sub === undefined ? {} : { sub } }, run);
const rows = async (tx: AnyDatabase, query: string): Promise<readonly Record<string, unknown>[]> =>
  ((await tx.execute(sql.raw(query))) as unknown as { rows: Record<string, unknown>[] }).rows;
const refused = (message: RegExp) => ({
  cause: expect.objectContaining({ message: expect.stringMatching(message) }),
});

describe('visibility', () => {
  test('the owner reads all, others what is public or shared with them', async () => {
    const visible = async (sub: string | undefined) =>
      (await as(sub, (tx) => rows(tx, 'select name from packages order by name'))).map(
        ({ name }) => name,
      );
    expect(await visible(ADA)).toEqual(['p1', 'p2', 'p3', 'p4']);
    expect(await visible(BEN)).toEqual(['p3', 'p4']);
    expect(await visible(undefined)).toEqual(['p4']);
  });

  test('an unlisted package opens by its id, a private one does not', async () => {
    expect(await as(BEN, (tx) => openPackage(tx, UNLISTED))).toMatchObject({
      name: 'p2',
      visibility: 'unlisted',
      updatedAt: new Date('2026-01-01T00:00:00Z'),
    });
    expect(await as(BEN, (tx) => openPackage(tx, PRIVATE))).toBeUndefined();
    expect(await as(undefined, (tx) => openPackage(tx, SHARED))).toBeUndefined();
  });
});

describe('versions', () => {
  const change = (tx: AnyDatabase, text: string) =>
    rows(tx, `update packages set description = '${text}' where id = '${PUBLIC}'`);

  test('each change of the content keeps the former state, and can be taken back', async () => {
    await as(ADA, (tx) => change(tx, 'second'));
    await as(ADA, (tx) => change(tx, 'third'));
    await as(ADA, (tx) =>
      rows(tx, `update packages set visibility = 'private' where id = '${PUBLIC}'`),
    );
    const versions = 'select version, description from package_versions order by version';
    expect(await as(ADA, (tx) => rows(tx, versions))).toEqual([
      { version: 1, description: 'first' },
      { version: 2, description: 'second' },
    ]);
    expect(await as(ADA, (tx) => restorePackageVersion(tx, PUBLIC, 1))).toBe(true);
    const now = `select description from packages where id = '${PUBLIC}'`;
    expect(await as(ADA, (tx) => rows(tx, now))).toEqual([{ description: 'first' }]);
    expect(await as(ADA, (tx) => rows(tx, versions))).toHaveLength(3);
    expect(await as(ADA, (tx) => restorePackageVersion(tx, PUBLIC, 9))).toBe(false);
  });

  test('others neither read nor restore them, also of a public package', async () => {
    await as(ADA, (tx) => change(tx, 'second'));
    expect(await as(BEN, (tx) => rows(tx, 'select * from package_versions'))).toEqual([]);
    expect(await as(BEN, (tx) => restorePackageVersion(tx, PUBLIC, 1))).toBe(false);
    await expect(as(ADA, (tx) => rows(tx, `delete from package_versions`))).rejects.toMatchObject(
      refused(/permission denied/),
    );
  });
});

describe('usage', () => {
  test('counts the uses of packages that the principal may read or open', async () => {
    expect(await as(BEN, (tx) => recordPackageUse(tx, PUBLIC))).toBe(1);
    expect(await as(undefined, (tx) => recordPackageUse(tx, PUBLIC))).toBe(2);
    expect(await as(BEN, (tx) => recordPackageUse(tx, UNLISTED))).toBe(1);
    expect(await as(BEN, (tx) => recordPackageUse(tx, PRIVATE))).toBeUndefined();
    const counts = 'select use_count from package_usage';
    expect(await as(undefined, (tx) => rows(tx, counts))).toEqual([{ use_count: 2 }]);
    await expect(
      as(ADA, (tx) => rows(tx, 'update package_usage set use_count = 99')),
    ).rejects.toMatchObject(refused(/permission denied/));
  });
});

describe('categories and dependencies have no cycles', () => {
  const edge = (from: string, to: string): string =>
    `insert into package_dependencies values (gen_random_uuid(), '${from}', '${to}', now())`;

  test('a dependency that closes a cycle is refused, and one of another package', async () => {
    await as(ADA, (tx) => rows(tx, edge(PRIVATE, UNLISTED)));
    await as(ADA, (tx) => rows(tx, edge(UNLISTED, SHARED)));
    for (const [from, to] of [
      [SHARED, PRIVATE],
      [UNLISTED, PRIVATE],
    ] as const) {
      await expect(as(ADA, (tx) => rows(tx, edge(from, to)))).rejects.toMatchObject(
        refused(/package_dependencies_depends_on_id_acyclic/),
      );
    }
    await as(ADA, (tx) => rows(tx, edge(PRIVATE, SHARED)));
    await expect(as(BEN, (tx) => rows(tx, edge(PUBLIC, SHARED)))).rejects.toMatchObject(
      refused(/row-level security/),
    );
    // The target of a dependency may be hidden from others.
    await as(ADA, (tx) => rows(tx, edge(PUBLIC, PRIVATE)));
    expect(await as(BEN, (tx) => rows(tx, 'select * from package_dependencies'))).toEqual([]);
  });

  test('a category cannot be under itself', async () => {
    const id = (at: number): string => `00000000-0000-4000-9000-00000000000${at}`;
    await database.client
      .exec(`insert into categories values ('${id(1)}', null, 'A', 'a', now(), now()),
      ('${id(2)}', '${id(1)}', 'B', 'b', now(), now()), ('${id(3)}', '${id(2)}', 'C', 'c', now(), now())`);
    const move = (at: number, under: number) =>
      database.client.exec(
        `update categories set parent_id = '${id(under)}' where id = '${id(at)}'`,
      );
    await expect(move(1, 3)).rejects.toMatchObject({ constraint: 'categories_parent_id_acyclic' });
    await expect(move(2, 2)).rejects.toMatchObject({ code: '23514' });
    await move(3, 1);
    await expect(
      as(ADA, (tx) => rows(tx, `delete from categories where id = '${id(3)}' returning id`)),
    ).resolves.toEqual([]);
  });
});
