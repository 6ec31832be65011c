import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gardenLaboratory, hostileLaboratory, type Laboratory } from './laboratory.ts';
import { BATCHES, BROAD_BATCHES, type Mutant } from './mutants.ts';

describe.each([
  ['the garden', gardenLaboratory],
  ['a schema with every kind of object', hostileLaboratory],
])('%s', (_, open) => {
  let lab: Laboratory;
  beforeAll(async () => {
    lab = await open();
  });
  afterAll(() => lab.client.close());

  test('the migrated database passes', async () => {
    expect(await lab.wrong(['rows', 'catalog'], [])).toEqual([]);
  });

  test.each(Object.entries(BATCHES))(
    '%s: that is found, and nothing else',
    async (_name, batch) => {
      const { statements, rows, catalog } = expectedOf(batch(lab.schema));
      expect(await lab.wrong(['rows', 'catalog'], statements)).toEqual(
        [...catalog, ...rows].sort(),
      );
    },
  );

  test.each(Object.entries(BROAD_BATCHES))('%s: that is found', async (_name, batch) => {
    const { statements, rows, catalog } = expectedOf(batch(lab.schema));
    const found = await lab.wrong(['rows', 'catalog'], statements);
    expect(found).toEqual(expect.arrayContaining([...catalog, ...rows]));
  });
});

describe('objects of the companion SQL', () => {
  let lab: Laboratory;
  beforeAll(async () => {
    lab = await gardenLaboratory();
  });
  afterAll(() => lab.client.close());

  test('the catalog comparison detects every missing or changed kind of object', async () => {
    const { rows } = await lab.client.query<{ name: string }>(
      `select oid::regprocedure as name from pg_proc where pronamespace = 'access'::regnamespace and prosecdef`,
    );
    const definer = rows[0]?.name ?? '';
    const weakened = {
      'drop policy access_read on packages': ['policy packages.access_read'],
      'alter policy access_update on tags using (true)': ['policy tags.access_update'],
      'create policy more on tags for select using (true)': ['policy tags.more'],
      'alter table account disable row level security': [
        'row-level security account',
        'table public.account',
      ],
      'alter table package_tags no force row level security': [
        'row-level security package_tags',
        'table public.package_tags',
      ],
      'grant update on package_versions to public': ['grants on package_versions'],
      'revoke select on package_dependencies from garden_user': ['grants on package_dependencies'],
      'revoke update (name) on account from garden_user': ['grants on account.name'],
      'alter publication garden_zero drop table tags': ['publication garden_zero of public.tags'],
      [`alter function ${definer} security invoker`]: [`function ${definer}`],
      'drop trigger touch_updated_at on tags': ['trigger tags.touch_updated_at'],
    };
    const found = await lab.wrong(['catalog'], Object.keys(weakened));
    expect(found).toEqual(
      Object.values(weakened)
        .flat()
        .map((object) => `catalog ${object}`)
        .sort(),
    );
  });
});

function expectedOf(
  mutants: readonly Mutant[],
): Record<'statements' | 'rows' | 'catalog', string[]> {
  expect(mutants.length).toBeGreaterThan(3);
  const sorted = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();
  return {
    statements: mutants.map(({ sql }) => sql),
    rows: sorted(mutants.map(({ rows }) => rows)),
    catalog: sorted(mutants.map(({ catalog }) => catalog)),
  };
}
