import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { fingerprint, open, type Gardens } from './gardens.ts';
import { expect, onTestFinished, test } from 'vitest';
import { commandsOf } from '../../src/cli/commands.ts';
import { gardenApp } from '../../src/apps/garden/app.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';
import { run } from '../../src/cli/run.ts';
import * as garden from '../../src/apps/garden/index.ts';
import { seed } from '../../src/apps/garden/seed/seed.ts';
import { schemas } from '../../src/apps/garden/zod/index.ts';
import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { newId } from '../../src/kit/index.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const size = { packages: 3000, versions: 1, dependencies: 1 };
const sizeArgs = ['--packages', '3000', '--versions', '1', '--dependencies', '1'];

/** Tests of the seed, on a given server. */
export function testSeed(gardens: Gardens): void {
  test('the next run completes a killed one, and no package is incomplete', async () => {
    const whole = await gardens.fresh();
    const done = await seed(whole.url, size);
    expect(done).toMatchObject({ packages: 3000, alreadyThere: 0 });
    const wanted = await fingerprint(whole.sql);

    const { url, sql } = await gardens.fresh();
    const child = spawn(process.execPath, [main, 'seed', '--app', 'garden', ...sizeArgs], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: 'ignore',
    });
    const count = async (): Promise<number> =>
      Number((await sql`select count(*) from packages`)[0]?.['count']);
    while ((await count()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [lone] = await sql`select count(*) from packages p
    where not exists (select from package_versions v where v.package_id = p.id)`;
    expect(lone).toEqual({ count: '0' });

    // The server may need a moment to notice that its client has disconnected.
    for (let tries = 0; ; tries += 1) {
      const again = await seed(url, size).catch(
        (error: unknown) => error as { problem?: { code: string } },
      );
      if (!('problem' in again) || tries > 100) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await fingerprint(sql)).toEqual(wanted);
    expect(await seed(url, size)).toMatchObject({ packages: 0, rows: 0, alreadyThere: 3000 });
    expect(await fingerprint(sql)).toEqual(wanted);
    // A larger garden extends the smaller one.
    expect(await seed(url, { ...size, packages: 3333 })).toMatchObject({ packages: 333 });
  });

  test('real and synthetic rows coexist, and Zod accepts all of them', async () => {
    const { url, sql } = await gardens.fresh();
    const result = await seed(url, { ...size, packages: 500, real: true });
    expect(result.packages).toBeGreaterThan(1000);
    const again = await fingerprint(sql);
    expect(await seed(url, { ...size, packages: 500, real: true })).toMatchObject({ rows: 0 });
    expect(await fingerprint(sql)).toEqual(again);
    const db = drizzle(postgres(url, { max: 1 }));
    onTestFinished(() => db.$client.end({ timeout: 0 }));
    const checks = [
      [garden.account, schemas.account.insert],
      [garden.packages, schemas.packages.insert],
      [garden.packageVersions, schemas.packageVersions.insert],
      [garden.packageDependencies, schemas.packageDependencies.insert],
      [garden.packageRequests, schemas.packageRequests.insert],
      [garden.tags, schemas.tags.insert],
      [garden.packageTags, schemas.packageTags.insert],
    ] as const;
    for (const [table, schema] of checks) {
      const rows: readonly object[] = await db
        .select()
        .from(table as typeof garden.packages)
        .limit(5000);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(schema.safeParse(withoutGenerated(table, row)).error).toBeUndefined();
      }
    }
    const states = await sql`select distinct status from package_requests order by 1`;
    expect(states.map(({ status }) => status as string)).toEqual(
      [...garden.requestStatuses].sort(),
    );
    const [react] = await sql`select count(*)::int as versions from packages p
    join package_versions v on v.package_id = p.id where p.name = 'react'`;
    expect(react?.['versions']).toBeGreaterThan(5);
    const [loose] = await sql`select count(*)::int as count from package_dependencies
    where resolution in ('registry', 'alias') and dependency_package_id is null`;
    expect(loose).toEqual({ count: 0 });
  });

  /** The columns that a user may set, without generated ones. */
  const withoutGenerated = (table: PgTable, row: object): object =>
    Object.fromEntries(
      Object.entries(row).filter(([key]) => getTableColumns(table)[key]?.generated === undefined),
    );

  test('an existing row for a package is kept, and others link to it', async () => {
    const { url, sql } = await gardens.fresh();
    const id = newId();
    await sql`insert into packages (id, name, registry, description, created_at, updated_at)
    values (${id}, 'react', 'npm', 'mine', now(), now())`;
    await seed(url);
    expect(await sql`select id, description from packages where name = 'react'`).toEqual([
      { id, description: 'mine' },
    ]);
    const [links] =
      await sql`select count(*)::int as count from package_dependencies where dependency_package_id = ${id}`;
    expect(links?.['count']).toBeGreaterThan(5);
  });

  const seedCommand = async (args: readonly string[], url: string) => {
    const io = recordIo({ env: { DATABASE_URL: url } });
    const code = await run(['seed', '--app', 'garden', ...args], io, {
      commands: commandsOf([gardenApp]),
    });
    return { code, out: io.out(), err: io.err() };
  };

  test('a database that is not migrated, not a garden or not writable is reported', async () => {
    const empty = await gardens.empty();
    expect(await seedCommand([], empty)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^database\/not-migrated: .*garden migrate/s),
    });
    await open(empty).unsafe('create table packages (id int)');
    expect((await seedCommand([], empty)).err).toMatch(/^seed\/not-ours: .*missing columns/);

    const { url, sql } = await gardens.fresh();
    await sql.unsafe(
      `create role seed_reader login password 'secret'; grant usage on schema public to seed_reader`,
    );
    const reader = new URL(url);
    reader.username = 'seed_reader';
    reader.password = 'secret';
    expect((await seedCommand([], reader.href)).err).toMatch(/^seed\/not-allowed: .*seed_reader/);
    const gone = new URL(url);
    gone.port = '1';
    expect(await seedCommand([], gone.href)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^database\/unreachable/),
    });
  });

  test('numbers out of range, another seed number, a taken name, a concurrent seed', async () => {
    const { url, sql } = await gardens.fresh();
    for (const args of [
      ['--packages', '-1'],
      ['--packages=9e9'],
      ['--packages=1.5'],
      ['--packages=5', '--versions=0'],
      ['--packages=5', '--dependencies=99'],
      ['--packages=5', '--seed=-1'],
    ]) {
      const { code, err } = await seedCommand(args, url);
      expect({ args, code: code > 0, err }).toMatchObject({
        code: true,
        err: expect.stringMatching(/^(seed\/bad-size|cli\/)/),
      });
    }
    await seed(url, { ...size, packages: 100 });
    expect((await seedCommand([...sizeArgs, '--seed', '2'], url)).err).toMatch(
      /^seed\/another-seed/,
    );
    expect((await seedCommand(['--packages', '3000', '--versions', '9'], url)).err).toMatch(
      /^seed\/another-seed/,
    );
    await sql.unsafe('select pg_advisory_lock(7203489120774125)');
    expect((await seedCommand(sizeArgs, url)).err).toMatch(/^seed\/running/);
    await sql.unsafe('select pg_advisory_unlock_all()');
    await sql.unsafe(
      'delete from packages where id in (select id from packages order by id limit 50)',
    );
    expect((await seedCommand(sizeArgs, url)).err).toMatch(/^seed\/row-gone/);

    const other = await gardens.fresh();
    const { nameOf, registryOf } =
      await import('../../src/apps/garden/seed/synthetic/synthetic-name.ts');
    await other.sql`insert into packages (id, name, registry, created_at, updated_at)
    values (${newId()}, ${nameOf(7)}, ${registryOf(7)}, now(), now())`;
    expect((await seedCommand(sizeArgs, other.url)).err).toMatch(/^seed\/name-taken/);
  });

  test('lines without a terminal, one document with --json', async () => {
    const { url } = await gardens.fresh();
    const { out } = await seedCommand(sizeArgs, url);
    expect(out).toMatch(
      /^Seeding .*\n( {2}[\d,]+ of 3,000 packages, [\d,]+ rows, [\d,]+ rows\/s.*\n)+ {2}updating .*\nInserted 3,000 packages/,
    );
    expect(out).not.toContain('\u001B');
    const json = JSON.parse((await seedCommand([...sizeArgs, '--json'], url)).out) as object;
    expect(json).toMatchObject({ packages: 0, alreadyThere: 3000, rows: 0 });
    const explained = recordIo({ env: { DATABASE_URL: url } });
    expect(
      await run(['explain', 'dependents', '--app', 'garden'], explained, {
        commands: commandsOf([gardenApp]),
      }),
    ).toBe(0);
    expect(explained.out()).toMatch(
      /select[\s\S]*idx_package_dependencies_dependency_package_id[\s\S]*rows? in [\d.]+ ms, prepared/,
    );
    const help = recordIo({ env: {} });
    expect(await run(['explain', '--help'], help, { commands: commandsOf([gardenApp]) })).toBe(0);
    expect(help.out()).toContain('transitive-dependencies');
  });
}
