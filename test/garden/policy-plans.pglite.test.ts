import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../src/testing.ts';
import { idOf, loaded, loadGarden } from './load-garden.ts';
import { gardenMigrations } from '../../src/apps/garden/migrations-folder.ts';

let database: TestDatabase<Record<string, never>>;
beforeAll(async () => {
  database = await testDatabase({ folder: gardenMigrations });
  await loadGarden(database.client);
});
afterAll(() => database[Symbol.asyncDispose]());

interface Plan {
  readonly 'Node Type': string;
  readonly 'Plan Rows': number;
  readonly 'Parent Relationship'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly Plan[];
}

const steps = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(steps)];

async function explain(statement: string): Promise<readonly Plan[]> {
  const [explained] = await database.client.exec(`explain (format json) ${statement}`);
  const [row] = (explained?.rows ?? []) as { 'QUERY PLAN': [{ Plan: Plan }] }[];
  return row ? steps(row['QUERY PLAN'][0].Plan) : [];
}

/** Runs as the garden's role with these role claims, and rolls back. */
function signedIn<T>(roles: readonly string[], run: () => Promise<T>): Promise<T> {
  return database.isolated(({ as }) => as({ role: 'garden_user', claims: { roles } }, run));
}

const pages = {
  versions: `select * from package_versions where package_id = $1 order by sort_key desc limit 50`,
  dependencies: `select * from package_dependencies where version_id = $1`,
  'everything there is': `select * from package_dependencies where $1::uuid is not null limit 50`,
} as const;

test.each(Object.entries(pages))(
  'a page of %s looks its packages up one by one, planned once and with nothing between',
  async (_, page) => {
    await signedIn([], async () => {
      const run = `execute page (${idOf('packages', 1)})`;
      await database.client.exec('deallocate all');
      await database.client.exec(`prepare page (uuid) as ${page}`);
      // Postgres makes five custom plans before it considers a generic one.
      for (let at = 0; at < 7; at += 1) await database.client.exec(run);
      const { rows: prepared } = await database.client.query<{ generic_plans: number }>(
        `select generic_plans from pg_prepared_statements where name = 'page'`,
      );
      expect(Number(prepared[0]?.generic_plans)).toBeGreaterThan(0);
      const plan = await explain(run);
      const looks = plan.filter((step) => step['Parent Relationship'] === 'SubPlan');
      expect(looks.map((step) => step['Node Type'])).toEqual(['Index Scan']);
      expect(plan.map(({ Filter }) => Filter).join()).not.toContain('hashed');
    });
  },
);

test('Postgres estimates that a lookup finds the package; otherwise it would replan a prepared query each time', async () => {
  const [all] = await signedIn([], () => explain('select * from package_dependencies'));
  expect(all?.['Plan Rows']).toBeGreaterThan(loaded.package_dependencies * 0.9);
});

test('for staff, the root request is not looked up for each row', async () => {
  await database.client.exec(`set track_functions = 'all'`);
  const counted = async (): Promise<number> => {
    const { rows } = await database.client.query<{ calls: number }>(
      `select coalesce(sum(calls), 0)::int as calls from pg_stat_xact_user_functions
       where funcname like 'exists_package_requests%'`,
    );
    return rows[0]?.calls ?? -1;
  };
  const calls = (roles: readonly string[]): Promise<number> =>
    signedIn(roles, async () => {
      const before = await counted();
      await database.client.exec('select count(id) from package_requests');
      return (await counted()) - before;
    });
  expect(await calls([])).toBeGreaterThan(0);
  expect(await calls(['admin'])).toBe(0);
});
