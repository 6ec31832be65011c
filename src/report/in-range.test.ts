import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import semver from 'semver';
import { expect, test } from 'vitest';
import { inRange } from './in-range.ts';

const { peerDependencies } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
) as { peerDependencies: Record<string, string> };
const ranges = [...Object.values(peerDependencies), '^0.4.1', '^0.0.3', '1.2.3', '>=1.0.0 <2'];

const number = fc.oneof(fc.nat(5), fc.nat(50));
const preRelease = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('alpha', 'beta', 'rc', '0'), fc.nat(20)).map((a) => `-${a.join('.')}`),
  fc.constantFrom('-beta', '-0', '-beta.17-929a083', '-6b38aa0'),
);
const anyVersion = fc
  .tuple(number, number, number, preRelease)
  .map(([major, minor, patch, end]) => `${major}.${minor}.${patch}${end}`);

/** Versions at the bounds of a range. */
const nearBound = (range: string): fc.Arbitrary<string> =>
  fc.constantFrom(...(range.match(/\d[^\s|]*/g) ?? [])).chain((bound) => {
    const [major, minor, patch] = [...bound.replace(/-.*/, '').split('.'), '0', '0'].map(Number);
    const step = fc.integer({ min: -1, max: 1 });
    return fc
      .tuple(step, step, step, preRelease)
      .map(
        ([a, b, c, end]) =>
          `${[Number(major) + a, Number(minor) + b, Number(patch) + c].map((n) => Math.max(n, 0)).join('.')}${end}`,
      );
  });

test.each(ranges)('%s is read as semver reads it, with pre-releases', (range) => {
  fc.assert(
    fc.property(fc.oneof(anyVersion, nearBound(range)), (version) => {
      expect(inRange(version, range), version).toBe(
        semver.satisfies(version, range, { includePrerelease: true }),
      );
    }),
    { numRuns: 400 },
  );
});
