import semver from 'semver';
import { brewSortKey, isBrewPrerelease } from '../../versions/brew-sort-key.ts';
import { debianSortKey, isDebianPrerelease } from '../../versions/debian-sort-key.ts';
import type { Registry } from '../../tables/registry.ts';
import { isSemverPrerelease, semverSortKey } from '../../versions/sort-key.ts';

/** Position of a version among the versions of its package. */
export interface VersionOrder {
  readonly sortKey: string;
  readonly isPrerelease: boolean;
}

const MAX_SORT_KEY = 512;

/** Sort key of a version in its registry. Versions that the registry cannot compare sort first. */
export function versionOrder(registry: Registry, version: string, scheme = 0): VersionOrder {
  switch (registry) {
    case 'npm':
    case 'jsr': {
      // Early npm accepted versions such as `1.2.3beta` and `v1.2.3`, and still compares them.
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

/** `!` sorts before the first character of every valid key. */
const unordered = (version: string): string =>
  `!${encodeURIComponent(version)}`.slice(0, MAX_SORT_KEY);
