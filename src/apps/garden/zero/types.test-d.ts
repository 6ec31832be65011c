import { Zero, type Transaction } from '@rocicorp/zero';
import { expectTypeOf, test } from 'vitest';
import { checkedWrites, crudMutators } from '../../../guard/index.ts';
import { zeroSchemas } from '../../../zod/index.ts';
import { checks } from './zero-checks.gen.ts';
import { anonymous, mutators, queries, schema, type SyncedPackage } from './index.ts';

const zero = new Zero({ cacheURL: null, kvStore: 'mem', schema, mutators, context: anonymous });

test('queries return rows with their relations', async () => {
  const found = await zero.run(queries.packages.search({ text: 'x', sort: 'newest' }));
  expectTypeOf(found[0]!).toExtend<SyncedPackage>();
  expectTypeOf(found[0]!.tags[0]!.slug).toEqualTypeOf<string>();
  const page = await zero.run(queries.packages.page({ name: 'x', registry: 'npm' }));
  expectTypeOf(page!.versions[0]!.sortKey).toEqualTypeOf<string>();
  expectTypeOf(page!.tagAssignments[0]!.creator!.name).toEqualTypeOf<string>();
  const mine = await zero.run(queries.requests.mine({}));
  expectTypeOf(mine[0]!.chain[0]!.attemptCount).toEqualTypeOf<number>();
  const profile = await zero.run(queries.profile.mine());
  expectTypeOf(profile!.avatarUrl).toEqualTypeOf<string | null>();
  expectTypeOf<SyncedPackage['registry']>().toEqualTypeOf<'npm' | 'jsr' | 'brew' | 'apt'>();
});

test('no update has an immutable column, and every update has the key', () => {
  const { update } = zeroSchemas(schema, checks).tags;
  expectTypeOf<keyof ReturnType<typeof update.parse>>().toEqualTypeOf<
    'id' | 'name' | 'slug' | 'description' | 'color' | 'updatedAt' | 'deletedAt' | 'deletedBy'
  >();
  const rows = crudMutators(schema, { checks });
  const bare = crudMutators(schema);
  expectTypeOf<Parameters<typeof rows.tags.update.fn>[0]['args']>().not.toHaveProperty('createdAt');
  expectTypeOf<Parameters<typeof rows.tags.update.fn>[0]['args']['id']>().toEqualTypeOf<string>();
  expectTypeOf<Parameters<typeof rows.tags.insert.fn>[0]['args']>().toHaveProperty('createdAt');
  expectTypeOf<Parameters<typeof bare.tags.update.fn>[0]['args']>().toHaveProperty('createdAt');
});

test('checkedWrites has the types of the transaction', () => {
  const tx = {} as Transaction<typeof schema>;
  expectTypeOf(checkedWrites(tx, checks)).toEqualTypeOf<typeof tx.mutate>();
});

test('queries accept only known arguments', () => {
  // @ts-expect-error: no such registry
  queries.packages.page({ name: 'x', registry: 'pypi' });
  // @ts-expect-error: no such order
  queries.packages.search({ sort: 'best' });
  queries.packages.versions({ packageId: 'a', after: { id: 'b', value: 'c' } });
  // @ts-expect-error: sorted by text
  queries.packages.versions({ packageId: 'a', after: { id: 'b', value: 1 } });
  // @ts-expect-error: sorted by time
  queries.requests.mine({ after: { id: 'b', value: 'c' } });
});

test('generated mutators accept rows of their table', async () => {
  const soft = mutators.rows.tags.softDelete({ id: 'a', at: 1 });
  expectTypeOf(zero.mutate(soft).server).resolves.toExtend<{ readonly type: string }>();
  mutators.rows.packageTags.insert({
    id: 'a',
    packageId: 'b',
    tagId: 'c',
    createdBy: 'd',
    createdAt: 1,
  });
  // @ts-expect-error: columns are missing
  mutators.rows.packageTags.insert({ id: 'a' });
  // @ts-expect-error: no such column
  mutators.rows.tags.update({ id: 'a', lockedBy: 'x' });
  mutators.rows.tags.update({ id: 'a', name: 'x' });
  // @ts-expect-error: no update changes it
  mutators.rows.tags.update({ id: 'a', createdAt: 1 });
  // @ts-expect-error: no column deletedAt
  expectTypeOf(mutators.rows.packageTags.softDelete).toBeFunction();
  // @ts-expect-error: only requests.create inserts requests
  expectTypeOf(mutators.rows.packageRequests).toBeObject();
});
