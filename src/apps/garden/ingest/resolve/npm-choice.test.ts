import fc from 'fast-check';
// @ts-expect-error: the package has no types.
import npmPickManifest from 'npm-pick-manifest';
import { expect, test } from 'vitest';
import { versionOrder } from '../registry/version-order.ts';
import { Candidates } from './candidates.ts';
import { readRequirement } from './requirement.ts';

interface Packument {
  readonly name: string;
  readonly 'dist-tags': Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, { readonly version: string }>>;
}
const pickManifest = npmPickManifest as (
  packument: Packument,
  wanted: string,
) => { readonly version: string };

/** Throws if no version matches. */
function npmChoice(packument: Packument, wanted: string): string | undefined {
  try {
    return pickManifest(packument, wanted).version;
  } catch {
    return undefined;
  }
}

function ourChoice({ versions, 'dist-tags': tags }: Packument, wanted: string): string | undefined {
  const list = Object.keys(versions).map((version) => ({
    id: version,
    version,
    sortKey: versionOrder('npm', version).sortKey,
    yanked: false,
  }));
  return new Candidates({ registry: 'npm', name: 'x', packageId: 'x' }, list, tags).choose(
    readRequirement('npm', 'x', wanted),
  )?.version;
}

const number = fc.integer({ min: 0, max: 3 });
const numbers = fc.tuple(number, number, number).map((parts) => parts.join('.'));
const suffix = fc.constantFrom('', '', '', '-rc.1', '-rc.2', '-alpha', 'beta', '-0');
const version = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(numbers, suffix).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('odd', 'v4.0.0', '01.2.3', '9007199254740993.0.0') },
);
const comparator = fc
  .tuple(fc.constantFrom('', '^', '~', '>', '>=', '<', '<=', '=', 'v'), version)
  .map((parts) => parts.join(''));
const wanted = fc.oneof(
  comparator,
  fc.tuple(comparator, fc.constantFrom(' ', ' || ', ' - '), comparator).map((p) => p.join('')),
  fc.tuple(number, fc.constantFrom('', '.x', '.*', '.1', '.1.x')).map((parts) => parts.join('')),
  fc.constantFrom('*', 'x', '', 'latest', 'next', 'nobody', '>=0.0.0-0', '^1 || ^3'),
);
const packument = fc
  .tuple(fc.uniqueArray(version, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), fc.nat(2))
  .map(([versions, latest, next, tagged]): Packument => {
    const tags = [
      ['latest', versions[latest % versions.length]!],
      ['next', versions[next % versions.length]!],
    ].slice(0, tagged);
    return {
      name: 'x',
      'dist-tags': Object.fromEntries(tags) as Record<string, string>,
      versions: Object.fromEntries(versions.map((one) => [one, { version: one }])),
    };
  });

test('chooses the same version as npm for any packument and range', () => {
  fc.assert(
    fc.property(packument, wanted, (found, requirement) => {
      expect(ourChoice(found, requirement)).toBe(npmChoice(found, requirement));
    }),
    { numRuns: 2_000 },
  );
});
