import { expect, test } from 'vitest';
import { maskPassword } from './mask-password.ts';

test.each([
  ['postgres://ada:secret@db.example:5432/garden', 'postgres://ada:***@db.example:5432/garden'],
  ['postgres://ada:s%40cret@db.example/garden?a=b', 'postgres://ada:***@db.example/garden?a=b'],
  ['postgres://ada@db.example/garden', 'postgres://ada@db.example/garden'],
  ['postgres://db.example/garden?password=secret', 'postgres://db.example/garden?password=***'],
  ['not a URL with a secret', '***'],
])('%s is shown as %s', (url, shown) => {
  expect(maskPassword(url)).toBe(shown);
});
