import { Zero } from '@rocicorp/zero';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import {
  anonymous,
  mutators,
  queries,
  schema,
  type Principal,
} from '../../src/apps/garden/zero/index.ts';

const ann = newId();
const at = Date.now();

const open = (context: Principal) =>
  new Zero({
    cacheURL: null,
    kvStore: 'mem',
    userID: context.sub ?? null,
    schema,
    mutators,
    context,
    // It reports every request without a response.
    logSink: { log: () => {} },
  });
let zero: ReturnType<typeof open>;
const start = (context: Principal = { sub: ann, roles: [] }): void => {
  zero = open(context);
};
// There is no server, on purpose.
beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await zero.close();
});

const packages = async (names: readonly string[]): Promise<readonly string[]> => {
  const ids = names.map(() => newId());
  for (const [place, name] of names.entries()) {
    const id = ids[place] ?? '';
    const row = { id, name, registry: 'npm', createdAt: at + place, updatedAt: at } as const;
    await zero.mutate(mutators.rows.packages.insert(row)).client;
  }
  return ids;
};

describe('without a server', () => {
  test('a row that its table refuses is never shown, and the column is named', async () => {
    start();
    const row = { id: newId(), registry: 'npm', createdAt: at, updatedAt: at } as const;
    const insert = async (name: string): Promise<unknown> =>
      zero.mutate(mutators.rows.packages.insert({ ...row, name })).client;
    expect(await insert(' ')).toMatchObject({
      type: 'error',
      error: { details: { result: { issues: [{ path: ['name'] }] } } },
    });
    expect(await zero.run(queries.packages.search({ text: '' }))).toEqual([]);
    await insert('react');
    expect(await zero.run(queries.packages.search({ text: '' }))).toHaveLength(1);
  });

  test('a search finds prefixes, case-insensitive and without wildcards', async () => {
    start();
    await packages(['React', 'react-dom', 'Redux', 'r%d', 'r\\d', 'vue']);
    const found = async (text: string) =>
      (await zero.run(queries.packages.search({ text }))).map(({ name }) => name);
    expect(await found('rea')).toEqual(['React', 'react-dom']);
    expect(await found('r%')).toEqual(['r%d']);
    expect(await found('r\\')).toEqual(['r\\d']);
    expect(await found('_')).toEqual([]);
  });

  test('pages continue each other, and tags are found through the join table', async () => {
    start();
    const ids = await packages(['a', 'b', 'c']);
    const tagId = newId();
    await zero.mutate(mutators.tags.create({ id: tagId, name: 'UI', slug: 'ui', at })).client;
    for (const packageId of ids.slice(1)) {
      await zero.mutate(mutators.tags.assign({ id: newId(), packageId, tagId, at })).client;
    }
    const args = { tags: { all: ['ui'] }, sort: 'newest' as const, limit: 1 };
    const [first] = await zero.run(queries.packages.search(args));
    expect(first).toMatchObject({ name: 'c', tags: [{ slug: 'ui' }] });
    const after = { id: first?.id ?? '', value: first?.createdAt ?? 0 };
    const second = await zero.run(queries.packages.search({ ...args, after }));
    expect(second.map(({ name }) => name)).toEqual(['b']);
  });

  test('a request is visible at once, with its package', async () => {
    start();
    const request = { id: newId(), packageName: 'react', registry: 'npm', at } as const;
    await zero.mutate(mutators.requests.create(request)).client;
    const [mine] = await zero.run(queries.requests.mine({}));
    expect(mine).toMatchObject({ status: 'pending', requestedBy: ann, chain: [] });
    await zero.mutate(mutators.requests.cancel({ id: request.id, at })).client;
    const [cancelled] = await zero.run(queries.requests.mine({}));
    expect(cancelled).toMatchObject({ status: 'cancelled' });
  });

  test('a profile is created, and changed', async () => {
    start();
    await zero.mutate(mutators.profile.save({ name: 'Ann', at })).client;
    await zero.mutate(mutators.profile.save({ name: 'Anne', at: at + 1 })).client;
    expect(await zero.run(queries.profile.mine())).toMatchObject({
      name: 'Anne',
      createdAt: at,
      updatedAt: at + 1,
    });
  });

  test('soft-deleted rows disappear from the lists, and reappear when restored', async () => {
    start();
    const [id = ''] = await packages(['a']);
    await zero.mutate(mutators.packages.remove({ id, at })).client;
    expect(await zero.run(queries.packages.search({}))).toEqual([]);
    expect(await zero.run(queries.packages.deleted({}))).toMatchObject([{ deletedBy: ann }]);
    await zero.mutate(mutators.rows.packages.restore({ id, at })).client;
    expect(await zero.run(queries.packages.search({}))).toHaveLength(1);
  });

  test('writes require a signed-in user', async () => {
    start(anonymous);
    const denied = { type: 'error', error: { message: 'denied: sign in first.' } };
    for (const request of [
      mutators.requests.create({ id: newId(), packageName: 'x', registry: 'npm', at }),
      mutators.profile.save({ name: 'x', at }),
      mutators.tags.remove({ id: newId(), at }),
    ]) {
      expect(await zero.mutate(request as never).client).toMatchObject(denied);
    }
    expect(await zero.run(queries.requests.mine({}))).toEqual([]);
  });
});
