import semver from 'semver';
import { expect, test } from 'vitest';
import { semverSortKey, isSemverPrerelease } from '../../src/apps/garden/index.ts';
import { Random } from '../../src/apps/garden/seed/synthetic/random.ts';
import { GENERATION, needsAt } from '../../src/apps/garden/seed/synthetic/synthetic-dependency.ts';
import {
  idSalt,
  lowestId,
  numberOf,
  SyntheticIds,
} from '../../src/apps/garden/seed/synthetic/synthetic-id.ts';
import { nameOf, registryOf } from '../../src/apps/garden/seed/synthetic/synthetic-name.ts';
import { versionAt, versionCount } from '../../src/apps/garden/seed/synthetic/synthetic-version.ts';
import { readSeedData } from '../../src/apps/garden/seed/seed-data.ts';

const random = new Random(1);
const ids = new SyntheticIds(random);
const shape = { packages: 60_000, versions: 10, dependencies: 3 };

test('package names are unique per registry, and differ from real ones', () => {
  const real = new Set(
    [
      ...readSeedData<{ name: string }[]>('packages'),
      ...readSeedData<{ name: string }[]>('lockfile'),
    ].map(({ name }) => name),
  );
  const seen = new Set<string>();
  // Includes the number from which names have a third word.
  for (let at = 0; at < 150_000; at += 1) {
    const name = nameOf(at);
    if (real.has(name)) throw new Error(`${name} is a real package`);
    seen.add(`${registryOf(at)} ${name}`);
  }
  expect(seen.size).toBe(150_000);
});

test('ids are version 7, ascend, and identify their package', () => {
  let last = '';
  for (let at = 0; at < 2000; at += 1) {
    for (let version = 0; version < 5; version += 1) {
      const id = ids.text(idSalt.package_versions, at, version);
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      expect(id > last && id > lowestId(at) && id < lowestId(at + 1)).toBe(true);
      last = id;
    }
    expect(numberOf(ids.text(idSalt.packages, at))).toBe(at);
  }
});

test('versions ascend, and have the sort key of semverSortKey', () => {
  for (let at = 0; at < 300; at += 1) {
    let last = '';
    for (let index = 0; index < Math.min(versionCount(random, at, 10), 300); index += 1) {
      const { version, sortKey, isPrerelease } = versionAt(random, at, index);
      expect(sortKey).toBe(semverSortKey(version));
      expect(isPrerelease).toBe(isSemverPrerelease(version));
      expect(sortKey > last).toBe(true);
      last = sortKey;
    }
  }
});

test('a resolved version exists, and satisfies its range', () => {
  const resolutions = new Map<string, number>();
  for (let at = 16; at < shape.packages; at += 29) {
    const generation = Math.floor((versionCount(random, at, 10) - 1) / GENERATION);
    for (const need of needsAt(random, shape, at, generation)) {
      resolutions.set(need.resolution, (resolutions.get(need.resolution) ?? 0) + 1);
      if (need.target === undefined) continue;
      const holds =
        need.resolvedIndex < versionCount(random, need.target, 10) &&
        versionAt(random, need.target, need.resolvedIndex).version === need.resolved &&
        semver.satisfies(need.resolved, need.range) &&
        registryOf(need.target) === registryOf(at) &&
        nameOf(need.target) === need.name;
      // One expect per row would take most of the test's time.
      if (!holds) expect(need).toBeUndefined();
    }
  }
  expect([...resolutions.keys()].sort()).toEqual(['file', 'git', 'registry', 'unresolved', 'url']);
});

test("the distribution is like a registry's: the requested means, few packages with most dependents, cycles", () => {
  const sizes = Array.from({ length: shape.packages }, (_, at) => versionCount(random, at, 10));
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(mean).toBeGreaterThan(8.5);
  expect(mean).toBeLessThan(11.5);
  expect(sizes.toSorted((a, b) => a - b)[sizes.length / 2]).toBeLessThan(8);
  const dependents = new Map<number, number>();
  let needs = 0;
  let younger = 0;
  for (let at = 0; at < shape.packages; at += 1) {
    for (const { target } of needsAt(random, shape, at, 0)) {
      needs += 1;
      if (target === undefined) continue;
      dependents.set(target, (dependents.get(target) ?? 0) + 1);
      if (target > at) younger += 1;
    }
  }
  expect(needs / shape.packages).toBeGreaterThan(2.5);
  expect(needs / shape.packages).toBeLessThan(3.5);
  expect(younger).toBeGreaterThan(100);
  const counts = [...dependents.values()].sort((a, b) => b - a);
  const top = counts.slice(0, shape.packages / 100).reduce((sum, count) => sum + count, 0);
  // The first percent of packages has at least a fifth of all dependents; most packages
  // have none.
  expect(top / needs).toBeGreaterThan(0.2);
  expect(dependents.size).toBeLessThan(shape.packages * 0.9);
});

test('the same seed number produces the same garden, another one another', () => {
  const idOf = (seed: number): string =>
    new SyntheticIds(new Random(seed)).text(idSalt.packages, 5);
  expect(idOf(1)).toBe(idOf(1));
  expect(idOf(1)).not.toBe(idOf(2));
});
