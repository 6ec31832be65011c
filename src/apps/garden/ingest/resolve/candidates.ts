import semver from 'semver';
import { debianSortKey } from '../../versions/debian-sort-key.ts';
import type { Registry } from '../../tables/registry.ts';
import { readAlternatives, type AptOperator } from '../registry/apt-relations.ts';
import type { Requirement } from './requirement.ts';

/** A version that a dependency can resolve to. */
export interface Candidate {
  readonly id: string;
  readonly version: string;
  readonly sortKey: string;
  readonly yanked: boolean;
}

/** The stored versions of one package. Chooses among them like the registry. */
export class Candidates {
  readonly packageId: string;
  readonly #registry: Registry;
  readonly #name: string;
  readonly #tags: Readonly<Record<string, string>>;
  readonly #byVersion: ReadonlyMap<string, Candidate>;
  /** Newest first. */
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

  /** The version that the registry would choose for a requirement, if any. */
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

  /** npm excludes yanked versions. JSR still allows one that is named exactly. */
  #exact(version: string): Candidate | undefined {
    const found = this.#byVersion.get(version);
    return found?.yanked === true && this.#registry !== 'jsr' ? undefined : found;
  }

  #tagged(tag: string): string | undefined {
    return Object.hasOwn(this.#tags, tag) ? this.#tags[tag] : undefined;
  }

  #satisfying(range: semver.Range, any: boolean): Candidate | undefined {
    if (this.#registry === 'npm') {
      // npm prefers the version tagged `latest` to a higher one. For "any version" it takes
      // `latest` even if that is a prerelease.
      const latest = this.#exact(this.#tagged('latest') ?? '');
      if (latest !== undefined && (any || this.#meets(latest, range))) return latest;
    }
    const highest = (list: readonly Candidate[]): Candidate | undefined =>
      list.find((one) => this.#meets(one, range));
    // JSR falls back to yanked versions, so that existing dependents keep working.
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
    // A provider of a virtual package has its own version numbers, so any version matches.
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
