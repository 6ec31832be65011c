import type { DependencyType, Resolution } from '../../tables/package-dependencies.ts';
import type { Random } from './random.ts';
import { BLOCK, nameOf, registryOf, slotsOf } from './synthetic-name.ts';
import { versionAt, versionCount } from './synthetic-version.ts';

/** A dependency of a synthetic package, with its resolution. */
export interface Need extends Resolved {
  readonly name: string;
  /** Number of the target package, or `undefined` if it does not exist. */
  readonly target: number | undefined;
  readonly type: DependencyType;
}

interface Resolved {
  readonly range: string;
  readonly resolved: string;
  readonly resolvedIndex: number;
  readonly resolution: Resolution;
}

/** Size of a synthetic garden. */
export interface Shape {
  readonly packages: number;
  /** Mean number of versions per package. */
  readonly versions: number;
  /** Mean number of dependencies per version. */
  readonly dependencies: number;
}

const NUMBER = 21;
const TARGET = 22;
const SLOT = 23;
const FORM = 24;
const PICK = 25;
const MAX_DEPENDENCIES = 60;
/**
 * Number of consecutive versions with the same dependencies. They also resolve to the same
 * versions, as when a worker resolves all versions of a package at once.
 */
export const GENERATION = 8;

/**
 * Dependencies of a generation of versions. Early packages have the most dependents: the share of
 * the nth package is proportional to n^(-3/4), as in real registries. One dependency in fifty
 * targets a younger neighbour, which creates cycles. One in twenty-five is missing from the
 * registry or from the garden.
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
    // The first two dependencies are the same in all generations.
    const era = part < 2 ? 0 : generation;
    const form = random.bits(FORM, at, era, part);
    const place = { at, era, part, form };
    const target = targetOf(random, shape, place);
    if (target !== undefined && needs.some((need) => need.target === target)) continue;
    const isMissing = target === undefined || form % 25 === 0;
    needs.push({
      ...(isMissing ? missing(at, part, form) : resolve(random, shape, place, target)),
      type: typeOf(form),
    });
  }
  return needs;
}

/** A dependency's position, and the random bits that decide its form. */
interface NeedPlace {
  readonly at: number;
  readonly era: number;
  readonly part: number;
  readonly form: number;
}

/** A geometric distribution: many packages have no dependencies, few have dozens. */
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

/** Resolves to one of the newest releases. */
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

/** A range that includes the version. */
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
      // A caret on 0.0.x would match only that one version.
      return minor > 0 ? `^0.${minor}.0` : '~0.0.0';
  }
}

function typeOf(form: number): DependencyType {
  const share = (form >>> 12) % 20;
  if (share < 12) return 'runtime';
  if (share < 17) return 'dev';
  return share < 19 ? 'peer' : 'optional';
}

function missing(at: number, part: number, form: number): Omit<Need, 'type'> {
  const name = `lost-${nameOf(at)}`.replace('@', '').replace('/', '-');
  return {
    name: part === 0 ? name : `${name}-${part}`,
    target: undefined,
    ...(odd[(form >>> 16) % odd.length] as Resolved),
  };
}

/** Ranges that resolve to no version. `resolved` is the range as written. */
const odd: readonly Resolved[] = (
  [
    ['unresolved', '^9.0.0'],
    ['unresolved', 'next'],
    ['url', 'https://example.org/archive.tgz'],
    ['git', 'git+ssh://git@example.org/tools/archive.git#v2'],
    ['file', 'file:../archive'],
  ] as const
).map(([resolution, range]) => ({ range, resolved: range, resolvedIndex: 0, resolution }));
