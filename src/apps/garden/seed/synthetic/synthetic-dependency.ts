import type { DependencyType, Resolution } from '../../tables/package-dependencies.ts';
import type { Random } from './random.ts';
import { BLOCK, nameOf, registryOf, slotsOf } from './synthetic-name.ts';
import { versionAt, versionCount } from './synthetic-version.ts';

/** Something that a synthetic package needs, and what that came to. */
export interface Need extends Resolved {
  readonly name: string;
  /** The package's number; nothing where the garden does not have it. */
  readonly target: number | undefined;
  readonly type: DependencyType;
}

interface Resolved {
  readonly range: string;
  readonly resolved: string;
  readonly resolvedIndex: number;
  readonly resolution: Resolution;
}

/** The size and mixture of a synthetic garden. */
export interface Shape {
  readonly packages: number;
  /** How many versions a package has on average. */
  readonly versions: number;
  /** How many dependencies a version has on average. */
  readonly dependencies: number;
}

const NUMBER = 21;
const TARGET = 22;
const SLOT = 23;
const FORM = 24;
const PICK = 25;
const MAX_DEPENDENCIES = 60;
/**
 * A package's needs change with so many of its versions. Between two changes they come
 * to the same, as they do where a worker resolves all versions of a package at once.
 */
export const GENERATION = 8;

/**
 * What a generation of versions needs. Early packages are needed by most: the share
 * of the nth falls with n to the power of 3/4, as it does in registries. One in fifty
 * needs a younger neighbour, so that there are circles; one in twenty-five names
 * something that is in no registry, or not in the garden.
 */
export function needsAt(
  random: Random,
  shape: Shape,
  at: number,
  generation: number,
): readonly Need[] {
  const needs: Need[] = [];
  const count = dependencyCount(random, at, shape.dependencies);
  for (let part = 0; part < count; part += 1) {
    // The first needs stay as they are; later ones come and go.
    const era = part < 2 ? 0 : generation;
    const form = random.bits(FORM, at, era, part);
    const place = { at, era, part, form };
    const target = targetOf(random, shape, place);
    if (target !== undefined && needs.some((need) => need.target === target)) continue;
    const isLost = target === undefined || form % 25 === 0;
    needs.push({
      ...(isLost ? lost(at, part, form) : resolve(random, shape, place, target)),
      type: typeOf(form),
    });
  }
  return needs;
}

/** Which need of which package, and the random bits that decide its form. */
interface NeedPlace {
  readonly at: number;
  readonly era: number;
  readonly part: number;
  readonly form: number;
}

/** A geometric distribution: many need nothing, few need dozens. */
function dependencyCount(random: Random, at: number, mean: number): number {
  if (mean <= 0) return 0;
  const scale = 1 / Math.log(1 + 1 / (mean * 1.06));
  return Math.min(MAX_DEPENDENCIES, Math.floor(-Math.log(1 - random.unit(NUMBER, at)) * scale));
}

function targetOf(
  random: Random,
  { packages }: Shape,
  { at, era, part }: NeedPlace,
): number | undefined {
  const slots = slotsOf[registryOf(at)];
  const block = Math.floor(at / BLOCK);
  const slot = random.bits(SLOT, at, era, part);
  if (slot % 50 === 0) {
    const younger = slots.find((place) => place > at % BLOCK);
    const target = younger === undefined ? undefined : block * BLOCK + younger;
    if (target !== undefined && target < packages) return target;
  }
  const early = Math.floor(block * random.unit(TARGET, at, era, part) ** 4);
  const place = slots[(slot >>> 8) % slots.length] ?? 0;
  const target = early * BLOCK + place;
  return target < at ? target : undefined;
}

/** One of the newest releases, seen from there. */
function resolve(
  random: Random,
  shape: Shape,
  { at, era, part, form }: NeedPlace,
  target: number,
): Omit<Need, 'type'> {
  const count = versionCount(random, target, shape.versions);
  let index = count - 1 - Math.floor(random.unit(PICK, at, era, part) * Math.min(count, 6));
  while (index > 0 && versionAt(random, target, index).isPrerelease) index -= 1;
  const found = versionAt(random, target, index);
  return {
    name: nameOf(target),
    target,
    range: found.isPrerelease
      ? found.version
      : rangeFor(found.major, found.minor, found.version, form),
    resolved: found.version,
    resolvedIndex: index,
    resolution: 'registry',
  };
}

/** A range that the version is in. */
function rangeFor(major: number, minor: number, version: string, form: number): string {
  switch ((form >>> 8) % 8) {
    case 0:
      return version;
    case 1:
      return `~${major}.${minor}.0`;
    case 2:
      return `>=${major}.${minor}.0`;
    case 3:
      return '*';
    default:
      if (major > 0) return `^${major}.0.0`;
      // A caret before 0.1.0 means that one version alone.
      return minor > 0 ? `^0.${minor}.0` : '~0.0.0';
  }
}

function typeOf(form: number): DependencyType {
  const share = (form >>> 12) % 20;
  if (share < 12) return 'runtime';
  if (share < 17) return 'dev';
  return share < 19 ? 'peer' : 'optional';
}

function lost(at: number, part: number, form: number): Omit<Need, 'type'> {
  const name = `lost-${nameOf(at)}`.replace('@', '').replace('/', '-');
  return {
    name: part === 0 ? name : `${name}-${part}`,
    target: undefined,
    ...(odd[(form >>> 16) % odd.length] as Resolved),
  };
}

/** Specifications that lead to no version: they stand as they were written. */
const odd: readonly Resolved[] = (
  [
    ['unresolved', '^9.0.0'],
    ['unresolved', 'next'],
    ['url', 'https://example.org/archive.tgz'],
    ['git', 'git+ssh://git@example.org/tools/archive.git#v2'],
    ['file', 'file:../archive'],
  ] as const
).map(([resolution, range]) => ({ range, resolved: range, resolvedIndex: 0, resolution }));
