import { setTimeout as sleep } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../src/apps/garden/seed/load/postgres-database.ts';
import { mayPauseTriggers, ProvenCopy } from '../../src/apps/garden/seed/load/proven-copy.ts';
import { seed } from '../../src/apps/garden/seed/seed.ts';
import { fingerprint, type Gardens } from './gardens.ts';

const size = { packages: 1100, versions: 2, dependencies: 1 };

/** A row that later chunks reference: the package with the most dependents. */
const hub = async (sql: Sql): Promise<string> => {
  const [row] = await sql`select dependency_package_id as id from package_dependencies
    where dependency_package_id is not null group by 1 order by count(*) desc limit 1`;
  return String(row?.['id']);
};

/** Tests that a seed skips no check, on a given server. */
export function testProvenCopy(gardens: Gardens): void {
  test('the rows are the same with and without the right to disable triggers', async () => {
    const free = await gardens.fresh();
    const { rows } = await seed(free.url, size);
    const wanted = await fingerprint(free.sql);

    const held = await gardens.fresh();
    await held.sql.unsafe(`create role planter login password 'secret' bypassrls;
    grant select, insert, update, delete, maintain on all tables in schema public to planter`);
    onTestFinished(async () => {
      await held.sql.unsafe('drop owned by planter; drop role planter');
    });
    const url = new URL(held.url);
    [url.username, url.password] = ['planter', 'secret'];
    const database = openPostgres(url.href, undefined);
    onTestFinished(() => database.close());
    expect(await seed(url.href, size)).toMatchObject({ rows });
    expect(await fingerprint(held.sql)).toEqual(wanted);

    // A role with the right continues where the role without it stopped.
    expect(await mayPauseTriggers(database)).toBe(false);
    await held.sql.unsafe('grant set on parameter session_replication_role to planter');
    expect(await mayPauseTriggers(database)).toBe(true);
    const more = { ...size, packages: 1200 };
    await seed(url.href, more);
    await seed(free.url, more);
    expect(await fingerprint(held.sql)).toEqual(await fingerprint(free.sql));
  });

  test('referenced rows are locked until the transaction ends, and missing ones are refused', async () => {
    const { url, sql } = await gardens.fresh();
    await seed(url, { ...size, packages: 320 });
    const needed = await hub(sql);
    const database = openPostgres(url, undefined);
    onTestFinished(() => database.close());
    const all = [
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
    ] as const;
    await database.transaction(async (tx) => {
      const proven = await ProvenCopy.open(tx, ['package_dependencies'], true);
      await proven.prove(...all);
      await sql`set lock_timeout = '50ms'`;
      await expect(sql`delete from packages where id = ${needed}`).rejects.toThrow(/lock timeout/);
      // A new foreign key, which would not be checked, is blocked too.
      await expect(
        sql`alter table package_dependencies add foreign key (id) references packages (id)`,
      ).rejects.toThrow(/lock timeout/);
    });

    // Another transaction deletes the row between two chunks, and commits while the next chunk waits.
    const other = postgres(url, { max: 1, onnotice: () => {} });
    onTestFinished(() => other.end({ timeout: 0 }));
    let running: Promise<unknown> | undefined;
    await other.begin(async (tx) => {
      await tx`delete from packages where id = ${needed}`;
      running = seed(url, size).catch((error: unknown) => error);
      for (let waits = false; !waits;) {
        const [row] = await sql`select count(*)::int as n from pg_stat_activity
        where application_name = 'garden seed' and wait_event_type = 'Lock'`;
        waits = Number(row?.['n']) > 0;
        await sleep(10);
      }
    });
    expect(await running).toMatchObject({ problem: { code: 'seed/row-gone' } });
    expect(await dangling(sql)).toEqual([]);
    expect((await sql`select count(*)::int as n from packages`)[0]).toEqual({ n: 319 });
  });

  test('a custom trigger fires for every row; the other tables are still checked in bulk', async () => {
    const { url, sql } = await gardens.fresh();
    await sql.unsafe(`create table seen (id uuid);
    create function see() returns trigger language plpgsql as $$ begin insert into seen values (new.id); return null; end $$;
    create trigger see after insert on package_versions for each row execute function see()`);
    await seed(url, { ...size, packages: 320 });
    const [row] =
      await sql`select (select count(*) from seen) = (select count(*) from package_versions) as same`;
    expect(row).toEqual({ same: true });
    expect(await dangling(sql)).toEqual([]);
  });
}

/** Foreign keys with missing targets: Postgres checks all rows when a key is recreated. */
async function dangling(sql: Sql): Promise<readonly string[]> {
  const keys = await sql<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`;
  const bad: string[] = [];
  for (const { table, name, definition } of keys) {
    await sql
      .unsafe(
        `alter table ${table} add constraint again ${definition}; alter table ${table} drop constraint again`,
      )
      .catch(() => bad.push(name));
  }
  return bad;
}
