import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brewSortKey } from '../../src/apps/garden/versions/brew-sort-key.ts';
import { debianSortKey } from '../../src/apps/garden/versions/debian-sort-key.ts';
import { compareBrew } from './compare-brew.ts';
import { compareDebian } from './compare-debian.ts';

/** As COLLATE "C" compares. */
function compareKeys(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) throw new Error('no key');
  return a === b ? 0 : a < b ? -1 : 1;
}

const glue = (piece: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
  fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));

const debianPiece = fc.constantFrom(
  '~',
  '.',
  '+',
  '0',
  '1',
  '9',
  '10',
  '007',
  'a',
  'Z',
  'rc',
  '~~',
  ':',
  '12345678901234567890123456',
);
const debian = fc
  .tuple(
    fc.constantFrom('', '', '0:', '1:', '10:'),
    fc.constantFrom('1', '0', '2.0', '1.0'),
    glue(
      debianPiece.filter((piece) => piece !== ':'),
      5,
    ),
    fc.oneof(
      fc.constant(''),
      glue(
        debianPiece.filter((piece) => piece !== ':'),
        3,
      ).map((revision) => `-${revision}1`),
    ),
  )
  .map((parts) => parts.join(''));

describe("a Debian version's key", () => {
  test('sorts like the algorithm of the Debian policy', () => {
    fc.assert(
      fc.property(debian, debian, (a, b) => {
        expect(compareKeys(debianSortKey(a), debianSortKey(b)), `${a} ${b}`).toBe(
          compareDebian(a, b),
        );
      }),
      { numRuns: 4_000 },
    );
  });

  test.skipIf(!existsSync('/usr/bin/dpkg'))('sorts as dpkg itself', () => {
    const script = fc.sample(fc.tuple(debian, debian), { numRuns: 300 }).map(([a, b]) => {
      const key = compareKeys(debianSortKey(a), debianSortKey(b));
      const operator = key === 0 ? 'eq' : key < 0 ? 'lt' : 'gt';
      return `dpkg --compare-versions '${a}' ${operator} '${b}' || echo '${a} ${operator} ${b}'`;
    });
    expect(execFileSync('sh', ['-c', script.join('\n')], { encoding: 'utf8' })).toBe('');
  });

  test('satisfies the CHECK of sort_key, and is undefined for text that is not a version', () => {
    fc.assert(
      fc.property(debian, (version) => {
        expect(debianSortKey(version)).toMatch(/^[!-~]{1,512}$/);
      }),
    );
    const longest = `1:${'1.'.repeat(126)}1`;
    expect(debianSortKey(longest)!.length).toBeLessThanOrEqual(512);
    expect(['', 'a b', '1_0', '-1', 'ü'].map(debianSortKey)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});

const brewPiece = fc.constantFrom(
  '.0',
  '.1',
  '.9',
  '.10',
  '-',
  'alpha',
  'alpha2',
  'a1',
  'beta',
  'b2',
  'pre',
  'rc1',
  'RC2',
  'p1',
  'p',
  '.post1',
  '.00',
  'w',
  'x',
);
const brew = fc
  .tuple(
    fc.constantFrom('1', '0', '2024', '1.0', '0.0'),
    glue(brewPiece, 4),
    fc.constantFrom('', '', '_1', '_10'),
  )
  .map((parts) => parts.join(''));

describe("a Homebrew version's key", () => {
  test('sorts like Homebrew, where its order is transitive', () => {
    let compared = 0;
    fc.assert(
      fc.property(brew, brew, (a, b) => {
        const expected = compareBrew(a, b);
        if (expected === undefined) return;
        compared += 1;
        expect(compareKeys(brewSortKey(a), brewSortKey(b)), `${a} ${b}`).toBe(expected);
      }),
      { numRuns: 4_000 },
    );
    expect(compared).toBeGreaterThan(2_000);
  });

  test('compares the scheme first, and is undefined for text that is not a version', () => {
    expect(brewSortKey('1.0', 1)! > brewSortKey('2024.1')!).toBe(true);
    expect([brewSortKey(''), brewSortKey('-'), brewSortKey('_')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(brewSortKey('1.25.0_2')).toMatch(/^[!-~]{1,512}$/);
  });
});
