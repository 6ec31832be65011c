import { schema } from '../../src/apps/garden/zero/index.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { schemas } from '../../src/apps/garden/zod/index.ts';
import { rowValidator } from '../../src/guard/crud/row-validator.ts';
import { profileMutators } from '../../src/apps/garden/zero/mutators/profile.ts';
import { newRequest } from '../../src/apps/garden/zero/mutators/requests.ts';
import { tagMutators } from '../../src/apps/garden/zero/mutators/tags.ts';
import { hostileText } from '../zod/hostile-values.ts';

/** Zod's validators and ours have the same interface. */
function accepts(validator: unknown, value: unknown): boolean {
  const { validate } = (validator as Record<'~standard', { validate(value: unknown): object }>)[
    '~standard'
  ];
  const result: { readonly issues?: readonly unknown[] } = validate(value);
  return (result.issues ?? []).length === 0;
}

const time = new Date('2026-01-01');
const times = { createdAt: time, updatedAt: time };
const id = newId();
const at = time.getTime();
const request = {
  id,
  registry: 'npm',
  isAutoQueued: false,
  depth: 0,
  priority: 50,
  status: 'pending',
  attemptCount: 0,
  runAt: time,
  ...times,
};

/** A column, the mutator that writes it, and the validator of the whole row. */
const COLUMNS = [
  [
    'a package to ask for',
    (packageName: string) => accepts(newRequest, { id, packageName, registry: 'npm', at }),
    (packageName: string) => schemas.packageRequests.insert.safeParse({ ...request, packageName }),
  ],
  [
    'a tag’s name',
    (name: string) => accepts(tagMutators.create.validator, { id, name, slug: 'x', at }),
    (name: string) => schemas.tags.insert.safeParse({ id, name, slug: 'x', ...times }),
  ],
  [
    'a slug',
    (slug: string) => accepts(tagMutators.create.validator, { id, name: 'x', slug, at }),
    (slug: string) => schemas.tags.insert.safeParse({ id, name: 'x', slug, ...times }),
  ],
  [
    'a colour',
    (color: string) => accepts(tagMutators.update.validator, { id, color, at }),
    (color: string) => schemas.tags.insert.safeParse({ id, name: 'x', slug: 'x', color, ...times }),
  ],
  [
    'a description',
    (description: string) => accepts(tagMutators.update.validator, { id, description, at }),
    (description: string) =>
      schemas.tags.insert.safeParse({ id, name: 'x', slug: 'x', description, ...times }),
  ],
  [
    'the name of a user',
    (name: string) => accepts(profileMutators.save.validator, { name, at }),
    (name: string) => schemas.account.insert.safeParse({ id, name, ...times }),
  ],
  [
    'an avatar',
    (avatarUrl: string) => accepts(profileMutators.save.validator, { name: 'x', avatarUrl, at }),
    (avatarUrl: string) => schemas.account.insert.safeParse({ id, name: 'x', avatarUrl, ...times }),
  ],
] as const;

describe('mutators accept the same texts as the tables', () => {
  test.each(COLUMNS)('%s', (_, argument, row) => {
    fc.assert(
      fc.property(hostileText, (text) => {
        // The row's validator replaces an unpaired surrogate; an argument is sent
        // unchanged.
        fc.pre(text.isWellFormed());
        expect(argument(text)).toBe(row(text).success);
      }),
      { numRuns: 120 },
    );
  });
});

describe('rows of any table', () => {
  const tags = rowValidator({
    table: schema.tables.tags,
    required: ['id'],
    allowed: ['id', 'name', 'deletedAt', 'at'],
    problems: {},
  });
  test.each([
    [{ id }, true],
    [{ id, name: 'x', deletedAt: null }, true],
    [{ id, name: undefined, at: 1 }, true],
    [{}, false],
    [{ id: undefined }, false],
    [{ id: null }, false],
    [{ id, name: null }, false],
    [{ id, name: 1 }, false],
    [{ id, name: 'a\0' }, false],
    [{ id, name: '\udc00' }, false],
    [{ id, deletedAt: 'now' }, false],
    [{ id, deletedAt: Number.NaN }, false],
    [{ id, at: null }, false],
    [{ id, slug: 'x' }, false],
    [{ id, constructor: 'x' }, false],
    [JSON.parse(`{"id":"${id}","__proto__":{"name":1}}`), false],
    [[id], false],
    [null, false],
    ['x', false],
    [undefined, false],
  ])('%j', (value, good) => {
    expect(accepts(tags, value)).toBe(good);
  });
});
