import { describe, expect, test } from 'vitest';
import { mutators, queries } from '../../src/apps/garden/zero/index.ts';

type Check = { fn(options: never): unknown };
const id = '00000000-0000-4000-8000-000000000000';
const at = 1_700_000_000_000;

/** A query or mutator, invalid arguments, and the expected message. */
const WRONG: readonly (readonly [Check, unknown, string])[] = [
  [queries.packages.search, { limit: 201 }, 'limit must be at most 200'],
  [queries.packages.search, { limit: 0 }, 'limit must be at least 1'],
  [queries.packages.search, { limit: 1.5 }, 'limit must be of type int'],
  [queries.packages.search, { limt: 1, txt: 2 }, 'the arguments must not have limt, txt'],
  [queries.packages.search, { text: 5 }, 'text must be of type string'],
  [queries.packages.search, { text: 'a\0' }, 'text must be plain text'],
  [queries.packages.search, { registry: 'pypi' }, 'registry must be one of npm, jsr, brew, apt'],
  [queries.packages.search, { tags: { any: [] } }, 'tags.any must have at least 1'],
  [queries.packages.search, { tags: { any: ['a', 'B'] } }, 'tags.any.1 must be lower-case words'],
  [
    queries.packages.search,
    { after: { id, value: 5 } },
    'after.value must have the type of the sort column',
  ],
  [queries.packages.search, { after: { id, value: null } }, 'after.value must be text or a number'],
  [queries.requests.mine, { after: { id, value: 'a' } }, 'after.value must be of type number'],
  [queries.requests.page, { id: 'x' }, 'id must be a uuid, in lower case'],
  [queries.requests.page, null, 'the arguments must be of type object'],
  [queries.requests.page, undefined, 'the arguments are missing'],
  [queries.packages.page, { registry: 'npm', name: ' ' }, 'name must not be blank'],
  [
    mutators.tags.assign,
    {},
    'id is missing, packageId is missing, tagId is missing, at is missing',
  ],
  [mutators.tags.remove, { id, at: -1 }, 'at must be at least 0'],
  [mutators.tags.update, { id, at, color: 'red' }, 'color must be a colour such as #2f7d4f'],
  [mutators.profile.save, { name: 'x', avatarUrl: 'x', at }, 'avatarUrl must be a web address'],
];

describe('errors name the invalid argument', () => {
  test.each(WRONG)('%o %j', async ({ fn }, args, words) => {
    const call = async (): Promise<unknown> => fn({ args, ctx: { roles: [] }, tx: {} } as never);
    const sentence = new RegExp(`^Validation failed for (?:query|mutator) [.\\w]+: ${words}`);
    await expect(call()).rejects.toThrow(sentence);
  });
});
