import { expect, test } from 'vitest';
import { relativePlaces } from './relative-places.ts';

test.each([
  ['/tmp/a/schema.ts', 'schema.ts'],
  ['/tmp/a/lib/times.ts', 'lib/times.ts'],
  ['/var/tmp/a/schema.ts', '/var/tmp/a/schema.ts'],
  ['/tmp/ab/schema.ts', '/tmp/ab/schema.ts'],
  ['/tmp/a', '/tmp/a'],
])('%s', (file, relative) => {
  const places = [{ file, line: 3, name: 'notes' }];
  expect(relativePlaces({ code: 'a/b', message: 'c', places, fix: 'd' }, '/tmp/a').places).toEqual([
    { file: relative, line: 3, name: 'notes' },
  ]);
});

test('a problem without places is returned unchanged', () => {
  const problem = { code: 'a/b', message: 'c', context: ['/tmp/a/x'], fix: 'd' };
  expect(relativePlaces(problem, '/tmp/a')).toBe(problem);
});
