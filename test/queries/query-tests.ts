import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyQuery } from '../../src/apps/garden/queries/every-query.ts';
import * as queries from '../../src/apps/garden/server/index.ts';
import { findSamples, type Samples } from '../../src/apps/garden/queries/find-samples.ts';
import { readSeedData } from '../../src/apps/garden/seed/seed-data.ts';
import { seed } from '../../src/apps/garden/seed/seed.ts';
import type { Gardens } from '../seed/gardens.ts';
import { expectedIndexes, otherIndexes } from './expected-indexes.ts';
import { openGarden } from './open-garden.ts';
import { readPlan } from './read-plan.ts';

/** Tests every query on a garden of 20,000 packages, on a given server. */
export function testQueries(gardens: Gardens): void {
  let client: Sql;
  let db: PostgresJsDatabase;
  let samples: Samples;

  beforeAll(async () => {
    const url = await gardens.migrated();
    // Enough packages to make an index scan cheaper than a sequential scan, and enough other rows
    // for the plans.
    await seed(url, { packages: 20_000, versions: 1, dependencies: 2 });
    ({ client, db } = openGarden(url));
    samples = (await findSamples(db)) as Samples;
  });
  afterAll(() => client?.end());

  describe.each(everyQuery)('$name', (query) => {
    test('uses its indexes, and scans no whole table', async () => {
      const plan = await readPlan(db, query.statement(db, samples));
      expect(plan.indexes).toEqual(
        expect.arrayContaining([...(expectedIndexes[query.name] ?? ['?'])]),
      );
      const wasted = plan.sequences.filter(({ read, wanted }) => read > 1000 && wanted < read / 2);
      expect(wasted).toEqual([]);
    });

    test('finds something', async () => {
      expect((await query.run(db, samples)).length).toBeGreaterThan(0);
    });
  });

  test('every index is used by a query or needed for a key', async () => {
    const rows = await client<{ name: string }[]>`
    select indexrelname as name from pg_stat_user_indexes where schemaname = 'public'`;
    const wanted = [...Object.values(expectedIndexes).flat(), ...Object.keys(otherIndexes)];
    expect(rows.map(({ name }) => name).sort()).toEqual([...new Set(wanted)].sort());
  });

  test('statements are prepared once', async () => {
    const before = await client`select name from pg_prepared_statements`;
    await queries.latestVersion(db, { packageId: samples.typical });
    await queries.latestVersion(db, { packageId: samples.package.id });
    const after = await client`select name from pg_prepared_statements`;
    expect(after.length - before.length).toBeLessThanOrEqual(1);
    expect(after.length).toBeGreaterThan(20);
  });

  /** Compares the result of a query with that of simple SQL. */
  const ids = async (statement: ReturnType<typeof sql>): Promise<readonly string[]> =>
    (await db.execute<{ id: string }>(statement)).map(({ id }) => id);

  test('the pages of a list have no gaps and no duplicates', async () => {
    const all = await ids(sql`select distinct d.package_id as id from package_dependencies d
    join packages p on p.id = d.package_id and p.deleted_at is null
    where dependency_package_id = ${samples.package.id} order by 1`);
    const paged: string[] = [];
    for (let after = queries.FIRST_ID; ;) {
      const page = await queries.dependents(db, { packageId: samples.package.id, after });
      paged.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (last === undefined || page.length < queries.PAGE) break;
      after = last.id;
    }
    expect(all.length).toBeGreaterThan(queries.PAGE * 2);
    expect(paged).toEqual(all);
  });

  test('transitive dependencies match a traversal in memory, including cycles', async () => {
    const edges = await db.execute<{ from: string; to: string }>(
      sql`select version_id as "from", resolved_version_id as "to" from package_dependencies
      where resolved_version_id is not null and dependency_type <> 'dev'`,
    );
    const next = Map.groupBy(edges, ({ from }) => from);
    const roots = await ids(
      sql`select id from packages where deleted_at is null and id::text like '%7' order by id desc limit 60`,
    );
    let reached = 0;
    for (const packageId of roots) {
      const [latest] = await queries.latestVersion(db, { packageId });
      const depths = new Map<string, number>(latest ? [[latest.id, 0]] : []);
      for (const [id, depth] of depths) {
        if (depth === 6) continue;
        for (const { to } of next.get(id) ?? []) if (!depths.has(to)) depths.set(to, depth + 1);
      }
      const found = await queries.transitiveDependencies(db, { packageId, depth: 6 });
      reached += found.length;
      expect(found.map(({ depth }) => depth).sort()).toEqual(
        [...depths.values()].filter((depth) => depth > 0).sort(),
      );
    }
    expect(reached).toBeGreaterThan(50);
  });

  test('tags: all, any, none and their count agree with sets', async () => {
    const [first = '', ...rest] = samples.tags;
    const of = async (tag: string): Promise<ReadonlySet<string>> =>
      new Set(await ids(sql`select package_id as id from package_tags where tag_id = ${tag}`));
    const alive = await ids(sql`select id from packages where deleted_at is null order by id desc`);
    const sets = await Promise.all(samples.tags.map(of));
    const [none = ''] = await ids(
      sql`select id from tags where id::text <> all (${sql.param(`{${samples.tags.join()}}`)}::text[]) limit 1`,
    );
    const bad = await of(none);
    const filter = { none: queries.idList([none]), before: queries.LAST_ID };
    const all = alive.filter((id) => sets.every((set) => set.has(id)) && !bad.has(id));
    const any = alive.filter((id) => sets.some((set) => set.has(id)) && !bad.has(id));
    const values = { ...filter, first, rest: queries.idList(rest) };
    const names = (rows: readonly { id: string }[]): readonly string[] => rows.map(({ id }) => id);
    expect(names(await queries.packagesUnderAll(db, values))).toEqual(all.slice(0, queries.PAGE));
    expect(await queries.countUnderAll(db, values)).toEqual([
      { count: Math.min(all.length, queries.COUNT_LIMIT) },
    ]);
    expect(
      names(await queries.packagesUnderAny(db, { ...filter, any: queries.idList(samples.tags) })),
    ).toEqual(any.slice(0, queries.PAGE));
    expect(names(await queries.packagesUnderNone(db, filter))).toEqual(
      alive.filter((id) => !bad.has(id)).slice(0, queries.PAGE),
    );
  });

  test('search: exact names first, then prefixes; typos are tolerated', async () => {
    const { name } = samples.package;
    const [exact] = await queries.search(db, { text: name.toUpperCase() });
    expect(exact).toMatchObject({ name, rank: 4 });
    // A typo near the start moves a name far away in alphabetical order; a typo near the end does
    // not.
    const swapped = (at: number): string =>
      `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
    for (const slip of [swapped(1), swapped(3), swapped(name.length - 2), name.slice(1)]) {
      const found = await queries.search(db, { text: slip });
      expect({ slip, found: found.map((one) => one.name) }).toMatchObject({
        found: expect.arrayContaining([name]),
      });
      expect(found.map(({ rank }) => rank)).toEqual(
        found.map(({ rank }) => rank).toSorted((a, b) => b - a),
      );
    }
    const words = await queries.search(db, { text: 'parsing tables' });
    expect(words.length).toBeGreaterThan(0);
    for (const one of words) expect(`${one.name} ${one.description}`).toMatch(/pars|tabl/i);
    for (const hostile of ["'", '"', '\\', '%_', '!&|():*', 'é😀', ' ', 'x'.repeat(2000)]) {
      await expect(queries.search(db, { text: hostile })).resolves.toBeInstanceOf(Array);
    }
  });

  test("a page of a user's requests reads only that page, with the plan that Postgres uses for all users", async () => {
    const values = { accountId: samples.account, before: 'infinity' };
    const { sql: text, params } = queries.requestsOf.statement(db, values);
    // Fifteen per user, and hundreds for this one, as in a larger garden.
    await client.unsafe(`begin;
      insert into package_requests (id, package_name, registry, requested_by, is_auto_queued, depth,
        priority, status, attempt_count, run_at, created_at, updated_at)
      select gen_random_uuid(), 'asked-' || at, 'npm', account.id, false, 0, 50, 'completed', 1, moment, moment, moment
      from account, generate_series(1, 15) as at, lateral (
        select timestamptz '2020-01-01' + hashtext(account.id::text || at) * interval '1 ms') as one (moment)`);
    await client.unsafe(`analyze package_requests; set local plan_cache_mode = force_generic_plan;
      prepare page as ${text}`);
    const given = params.map((one) => `'${String(one)}'`).join();
    const plan = await client.unsafe<{ 'QUERY PLAN': string }[]>(
      `explain (analyze, timing off, costs off) execute page(${given})`,
    );
    await client.unsafe('deallocate page; rollback');
    const rows = plan.flatMap((line) => /actual rows=(\d+)/.exec(line['QUERY PLAN'])?.[1] ?? []);
    expect(Math.max(...rows.map(Number))).toBe(queries.PAGE);
  });

  test('search finds well-known and other names with one typo anywhere', async () => {
    const known = readSeedData<{ name: string }[]>('packages').map(({ name }) => name);
    await client`insert into packages (id, name, registry, created_at, updated_at)
      select gen_random_uuid(), name, 'npm', now(), now() from unnest(${known}::text[]) as one (name)`;
    const rows = await client<{ name: string }[]>`
      select name from packages where deleted_at is null order by md5(name) limit 40`;
    // Shorter texts share too few trigrams with other names.
    const names = [...known.filter(({ length }) => length >= 8), ...rows.map(({ name }) => name)];
    const missed: string[] = [];
    for (const [turn, name] of names.entries()) {
      for (let at = 1 + (turn % 3); at < name.length - 1; at += 3) {
        const [before, after] = [name.slice(0, at), name.slice(at + 1)];
        const slips = [before + after, `${before}q${name[at]}${after}`, `${before}q${after}`];
        const swapped = `${before}${after[0]}${name[at]}${after.slice(1)}`;
        const text = [...slips, swapped][(turn + at) % 4] as string;
        const found = await queries.search(db, { text });
        if (!found.some((one) => one.name === name)) missed.push(`${text} for ${name}`);
      }
    }
    expect(missed).toEqual([]);
  });

  test('advisories: a range finds the packages that resolved to a version in it', async () => {
    const { name, registry } = samples.package as { name: string; registry: 'npm' };
    const all = await queries.packagesInRange(db, {
      name,
      registry,
      range: '*',
      after: queries.FIRST_ID,
    });
    expect(all.length).toBe(queries.PAGE);
    const none = { name, registry, range: '>900.0.0', after: queries.FIRST_ID };
    expect(await queries.packagesInRange(db, none)).toEqual([]);
    await expect(
      queries.packagesInRange(db, { ...none, range: 'not a range' }),
    ).rejects.toMatchObject({
      problem: { code: 'queries/bad-range' },
    });
  });
}
