import semver from 'semver';
import { brewSortKey, isBrewPrerelease } from '../../versions/brew-sort-key.ts';
import { debianSortKey, isDebianPrerelease } from '../../versions/debian-sort-key.ts';
import type { Registry } from '../../tables/registry.ts';
import { isSemverPrerelease, semverSortKey } from '../../versions/sort-key.ts';

/** How a version stands among the others of its package. */
export interface VersionOrder {
  readonly sortKey: string;
  readonly isPrerelease: boolean;
}

const MAX_SORT_KEY = 512;

/** Puts a version into the order of its registry. What the registry could not compare comes first of all. */
export function versionOrder(registry: Registry, version: string, scheme = 0): VersionOrder {
  switch (registry) {
    case 'npm':
    case 'jsr': {
      // npm took versions such as `1.2.3beta` and `v1.2.3` when it was young, and still compares them.
      const read =
        semverSortKey(version) === undefined ? semver.valid(version, { loose: true }) : version;
      return order(version, semverSortKey(read ?? ''), isSemverPrerelease(read ?? ''));
    }
    case 'apt':
      return order(version, debianSortKey(version), isDebianPrerelease(version));
    case 'brew':
      return order(version, brewSortKey(version, scheme), isBrewPrerelease(version));
  }
}

function order(version: string, sortKey: string | undefined, isPrerelease = false): VersionOrder {
  return {
    sortKey: sortKey !== undefined && sortKey.length <= MAX_SORT_KEY ? sortKey : unordered(version),
    isPrerelease,
  };
}

/** `!` is less than all that a key begins with. */
const unordered = (version: string): string =>
  `!${encodeURIComponent(version)}`.slice(0, MAX_SORT_KEY);
