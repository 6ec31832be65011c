import semver from 'semver';
import { debianSortKey } from '../../versions/debian-sort-key.ts';
import type { Registry } from '../../tables/registry.ts';
import { readAlternatives, type AptOperator } from '../registry/apt-relations.ts';
import type { Requirement } from './requirement.ts';

/** A version that a dependency may resolve to. */
export interface Candidate {
  readonly id: string;
  readonly version: string;
  readonly sortKey: string;
  readonly yanked: boolean;
}

/** The versions of one package of the garden, and how its registry chooses among them. */
export class Candidates {
  readonly packageId: string;
  readonly #registry: Registry;
  readonly #name: string;
  readonly #tags: Readonly<Record<string, string>>;
  readonly #byVersion: ReadonlyMap<string, Candidate>;
  /** The newest first. */
  readonly #offered: readonly Candidate[];
  readonly #yanked: readonly Candidate[];
  readonly #read = new Map<Candidate, semver.SemVer | null>();

  constructor(
    { registry, name, packageId }: { registry: Registry; name: string; packageId: string },
    versions: readonly Candidate[],
    tags: Readonly<Record<string, string>>,
  ) {
    this.packageId = packageId;
    this.#registry = registry;
    this.#name = name;
    this.#tags = tags;
    this.#byVersion = new Map(versions.map((one) => [one.version, one]));
    const newestFirst = versions.toSorted((a, b) => compare(b.sortKey, a.sortKey));
    this.#offered = newestFirst.filter(({ yanked }) => !yanked);
    this.#yanked = newestFirst.filter(({ yanked }) => yanked);
  }

  get size(): number {
    return this.#byVersion.size;
  }

  /** The version that the registry would give for a requirement, or nothing. */
  choose(requirement: Requirement): Candidate | undefined {
    switch (requirement.kind) {
      case 'version':
        return this.#exact(requirement.version);
      case 'tag':
        return this.#exact(this.#tagged(requirement.tag) ?? '');
      case 'range':
        return this.#satisfying(requirement.range, requirement.any);
      case 'relation':
        return this.#related(requirement.relation);
      case 'current':
        return this.#offered[0];
      case 'elsewhere':
      case 'nonsense':
        return undefined;
    }
  }

  /** Neither registry gives a withdrawn version of npm; JSR still gives one that is named. */
  #exact(version: string): Candidate | undefined {
    const found = this.#byVersion.get(version);
    return found?.yanked === true && this.#registry !== 'jsr' ? undefined : found;
  }

  #tagged(tag: string): string | undefined {
    return Object.hasOwn(this.#tags, tag) ? this.#tags[tag] : undefined;
  }

  #satisfying(range: semver.Range, any: boolean): Candidate | undefined {
    if (this.#registry === 'npm') {
      // npm takes what its maintainers call the latest before a higher version, and for
      // "any version" even where that is a pre-release.
      const latest = this.#exact(this.#tagged('latest') ?? '');
      if (latest !== undefined && (any || this.#meets(latest, range))) return latest;
    }
    const highest = (list: readonly Candidate[]): Candidate | undefined =>
      list.find((one) => this.#meets(one, range));
    // JSR falls back on what was withdrawn, so that nothing breaks that worked.
    return highest(this.#offered) ?? (this.#registry === 'jsr' ? highest(this.#yanked) : undefined);
  }

  #meets(candidate: Candidate, range: semver.Range): boolean {
    let read = this.#read.get(candidate);
    if (read === undefined) {
      read = semver.parse(candidate.version, { loose: true });
      this.#read.set(candidate, read);
    }
    return read !== null && range.test(read);
  }

  #related(relation: string): Candidate | undefined {
    const alternatives = readAlternatives(relation);
    const meant = alternatives.filter(({ name }) => name === this.#name);
    // A package that stands in for a virtual one has versions of its own.
    if (meant.length === 0) return alternatives.length === 0 ? undefined : this.#offered[0];
    return this.#offered.find(({ sortKey }) =>
      meant.some(
        ({ operator, version }) =>
          operator === undefined || related(sortKey, operator, debianSortKey(version ?? '')),
      ),
    );
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function related(key: string, operator: AptOperator, wanted: string | undefined): boolean {
  if (wanted === undefined) return false;
  const order = compare(key, wanted);
  switch (operator) {
    case '<<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>>':
      return order > 0;
  }
}
