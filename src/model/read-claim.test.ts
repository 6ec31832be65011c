import { expect, test } from 'vitest';
import { readClaim } from './read-claim.ts';
import type { ClaimType } from './rule.ts';

const ID = 'ABCDEF00-0000-4000-8000-00000000000a';
const at = (type: ClaimType, value: unknown) =>
  readClaim({ type, path: ['a', 'b'] }, { a: { b: value } });

test('a claim is read at its path, through objects only', () => {
  const length = { type: 'integer', path: ['list', 'length'] } as const;
  expect(readClaim(length, { list: { length: 2 } })).toBe(2);
  expect(readClaim(length, { list: [1, 2] })).toBeUndefined();
  expect(readClaim(length, { list: 'ab' })).toBeUndefined();
  expect(readClaim(length, { list: null })).toBeUndefined();
  const inherited = { type: 'text', path: ['a'] } as const;
  expect(readClaim(inherited, Object.create({ a: 'x' }))).toBeUndefined();
});

test.each<[ClaimType, unknown, unknown]>([
  ['uuid', ID, ID.toLowerCase()],
  ['uuid', `${ID}\n`, undefined],
  ['uuid', ID.replaceAll('-', ''), undefined],
  ['uuid', [ID], undefined],
  ['text', '', ''],
  ['text', 'a\0b', undefined],
  ['text', '\ud800', undefined],
  ['text', 1, undefined],
  ['integer', 2 ** 53 - 1, 2 ** 53 - 1],
  ['integer', 2 ** 53, undefined],
  ['integer', 1.5, undefined],
  ['integer', '1', undefined],
  ['boolean', false, false],
  ['boolean', 0, undefined],
  ['uuid[]', [], []],
  ['uuid[]', [ID], [ID.toLowerCase()]],
  ['uuid[]', [ID, null], undefined],
  ['uuid[]', ID, undefined],
  ['text[]', ['a', 1], undefined],
  ['integer[]', [1, 2], [1, 2]],
  ['integer[]', { 0: 1 }, undefined],
])('a claim of the type %s with the value %j', (type, value, expected) => {
  expect(at(type, value)).toEqual(expected);
});
