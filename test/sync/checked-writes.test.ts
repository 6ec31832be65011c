import { defineMutator, defineMutators, Zero, type Transaction } from '@rocicorp/zero';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkedWrites } from '../../src/guard/index.ts';
import { newId } from '../../src/kit/index.ts';
import { queries, schema } from '../../src/apps/garden/zero/index.ts';
import { checks } from '../../src/apps/garden/zero/zero-checks.gen.ts';

type Tx = Transaction<typeof schema>;
type Row = Parameters<Tx['mutate']['tags']['insert']>[0];
const verbs = ['insert', 'update', 'upsert'] as const;
const write = (verb: (typeof verbs)[number]) =>
  defineMutator(async ({ tx, args }: { tx: unknown; args: unknown }) => {
    await checkedWrites(tx as Tx, checks).tags[verb](args as Row);
  });
const mutators = defineMutators({
  tags: {
    insert: write('insert'),
    update: write('update'),
    upsert: write('upsert'),
    remove: defineMutator(async ({ tx, args }: { tx: unknown; args: unknown }) => {
      await checkedWrites(tx as Tx, checks).tags.delete(args as { id: string });
    }),
  },
} as never) as never as { tags: Record<string, (row: object) => never> };

let zero: Zero<typeof schema>;
beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
  zero = new Zero({
    cacheURL: null,
    kvStore: 'mem',
    userID: 'ann',
    schema,
    mutators: mutators as never,
    logSink: { log: () => {} },
  } as never) as never;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await zero.close();
});

const row = { id: newId(), name: 'UI', slug: 'ui', createdAt: 1, updatedAt: 1 };
const run = async (name: string, args: object): Promise<unknown> =>
  (zero.mutate as never as (given: never) => { client: Promise<unknown> })(
    mutators.tags[name]!(args),
  ).client;
const names = async () => (await zero.run(queries.tags.list({}))).map(({ name }) => name);

test.each(verbs)(
  '%s refuses a value that the table refuses, before the row is shown',
  async (verb) => {
    if (verb === 'update') await run('insert', row);
    const before = await names();
    expect(await run(verb, { ...row, name: ' ', slug: 'Not a slug' })).toMatchObject({
      type: 'error',
      error: {
        message: expect.stringMatching(/^name must .+, slug must .+\.$/),
        details: {
          code: 'sync/invalid-row',
          issues: [{ path: ['name'] }, { path: ['slug'] }],
        },
      },
    });
    expect(await names()).toEqual(before);
  },
);

test('valid rows, NULLs and deletions pass', async () => {
  expect(await run('insert', { ...row, description: null })).toMatchObject({ type: 'success' });
  expect(await run('update', { id: row.id, name: 'Interfaces' })).toMatchObject({
    type: 'success',
  });
  expect(await names()).toEqual(['Interfaces']);
  expect(await run('remove', { id: row.id })).toMatchObject({ type: 'success' });
  expect(await names()).toEqual([]);
});
