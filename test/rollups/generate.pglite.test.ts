import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PGlite } from '@electric-sql/pglite';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { kit, madeProject } from '../kit/made-project.ts';

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());

const hits = `import { integer, uuid } from 'drizzle-orm/pg-core';
import { gte, id, indexOn, instant, monitoringViews, pgTable, rollup, rollupColumns } from ${kit};
export const hits = pgTable('hits', {
  id: id(), at: instant('at').notNull(), page: uuid('page').notNull(),
  ms: integer('ms').notNull(), status: integer('status').notNull(),
}, (t) => [indexOn(t.page, t.at)]);
`;
const rollups = (bounds: string): string => `
export const hitHours = pgTable('hit_hours', { page: uuid('page').notNull(), ...rollupColumns('hour') }, (t) => [
  ...rollup(t, { of: hits, every: 'hour', keys: [t.page], at: hits.at, value: hits.ms,
    errors: gte(hits.status, 500), bounds: [${bounds}] }),
]);
export const hitDays = pgTable('hit_days', { page: uuid('page').notNull(), ...rollupColumns('day') }, (t) => [
  ...rollup(t, { of: hitHours, every: 'day', keys: [t.page] }),
]);
export const { performanceMonitoring, indexUsageSummary, unusedIndexes, slowTables, slowQueries } =
  monitoringViews({ operator: 'generated_operator' });
`;
const addHit = `insert into hits values (gen_random_uuid(), '2026-01-01 10:30+00',
  '0190c8b0-0000-7000-8000-000000000001', 70, 503)`;

test('garden generate writes rollups and views into migrations, changes them, and removes them', async () => {
  using project = madeProject(client);
  const made = await project.become(hits + rollups('10, 100'));
  expect(made).toContain('create schema if not exists "rollups"');
  expect(made).toContain('WITH (security_invoker = true)');
  expect(await project.check()).toMatchObject({ code: 0 });

  await client.exec(
    `${addHit}; select rollups.refresh_hit_hours(); select rollups.refresh_hit_days()`,
  );
  const { rows } = await client.query('select count, error_count, sum, histogram from hit_days');
  expect(rows).toEqual([{ count: 1, error_count: 1, sum: 70, histogram: [0, 1, 0] }]);

  const changed = await project.become(hits + rollups('10, 50, 100'));
  expect(changed).toContain('array[10, 50, 100]');
  expect(changed).not.toContain('create table');
  expect(await project.check()).toMatchObject({ code: 0 });
  await client.exec(`${addHit}; select rollups.refresh_hit_hours()`);
  const hours = await client.query('select count, histogram from hit_hours');
  expect(hours.rows).toEqual([{ count: 2, histogram: [0, 0, 2, 0] }]);

  await project.become(hits);
  expect(await project.check()).toMatchObject({ code: 0 });
  const { rows: left } =
    await client.query(`select tgname as name from pg_trigger where not tgisinternal
    union all select nspname from pg_namespace where nspname = 'rollups'
    union all select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace`);
  expect(left).toEqual([]);
});

test('garden sql writes them, in an order that Postgres accepts twice', async () => {
  using project = madeProject(client);
  project.project.write({ 'schema.ts': hits + rollups('10, 100') });
  const { code, out, err } = await project.project.garden(['sql']);
  expect([code, err]).toEqual([0, '']);
  const empty = await blankPostgres();
  try {
    for (let time = 0; time < 2; time += 1) await empty.exec(out);
    await empty.exec(`${addHit}; select rollups.refresh_hit_hours()`);
    const { rows } = await empty.query('select count from hit_hours');
    expect(rows).toEqual([{ count: 1 }]);
    await empty.exec('set role generated_operator');
    expect((await empty.query('select tablename from performance_monitoring')).rows).not.toEqual(
      [],
    );
  } finally {
    await empty.close();
  }
});
