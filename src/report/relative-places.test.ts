import { expect, test } from 'vitest';
import { relativePlaces } from './relative-places.ts';

test.each([
  ['/tmp/a/schema.ts:3  notes', 'schema.ts:3  notes'],
  [
    '/tmp/a/schema.ts:3  notes.id, at:/tmp/a/lib/times.ts:5, by:/tmp/b/x.ts:5',
    'schema.ts:3  notes.id, at:lib/times.ts:5, by:/tmp/b/x.ts:5',
  ],
  ['/var/tmp/a/schema.ts:3', '/var/tmp/a/schema.ts:3'],
  ['notes', 'notes'],
])('%s', (place, relative) => {
  expect(relativePlaces({ code: 'a/b', message: 'c', fix: 'd', at: [place] }, '/tmp/a').at).toEqual(
    [relative],
  );
});
