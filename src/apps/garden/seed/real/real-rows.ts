import type { Resolution } from '../../tables/package-dependencies.ts';
import { isSemverPrerelease, semverSortKey } from '../../versions/sort-key.ts';
import { nameId } from '../name-id.ts';
import { readSeedData } from '../seed-data.ts';

/** Name, range, type, and the resolved version if known. */
type Need = readonly [name: string, range: string, type: string, resolved?: string];

interface VersionData {
  readonly version: string;
  readonly needs: readonly Need[];
}

/** An entry of `seed/data/packages.json`. */
interface PackageData {
  readonly name: string;
  readonly description: string | null;
  readonly homepage: string | null;
  readonly repository: string | null;
  readonly tags: readonly string[];
  readonly versions: readonly VersionData[];
}

/** Rows of the real seed, with the columns of their tables. */
export interface RealRows {
  readonly packages: readonly Readonly<Record<string, string | null>>[];
  readonly versions: readonly Readonly<Record<string, string | boolean>>[];
  readonly dependencies: readonly Readonly<Record<string, string | null>>[];
  readonly tags: readonly Readonly<Record<string, string>>[];
}

/**
 * Rows for the well-known packages and for every package of this project's lockfile with its locked
 * versions. Ids derive from names, so they are the same in every run.
 */
export function realRows(): RealRows {
  const known = readSeedData<readonly PackageData[]>('packages');
  const locked = readSeedData<readonly (VersionData & { readonly name: string })[]>('lockfile');
  const versions = new Map<string, Map<string, readonly Need[]>>();
  const add = (name: string, { version, needs }: VersionData): void => {
    const list = versions.get(name) ?? new Map<string, readonly Need[]>();
    versions.set(name, list);
    // Both sources have the ranges. The lockfile is read first, because it also has the resolved
    // versions.
    if (!list.has(version)) list.set(version, needs);
  };
  for (const one of locked) add(one.name, one);
  for (const { name, versions: list } of known) for (const one of list) add(name, one);
  const about = new Map(known.map((one) => [one.name, one]));
  const rows = [...versions].map(([name, list]) => ({ name, id: packageId(name), list }));
  return {
    packages: rows.map(({ name, id }) => {
      const { description = null, homepage = null, repository = null } = about.get(name) ?? {};
      return { id, name, description, homepage, repository };
    }),
    versions: rows.flatMap(({ name, id, list }) =>
      [...list.keys()].map((version) => ({
        id: versionId(name, version),
        package_id: id,
        version,
        sort_key: semverSortKey(version) ?? version,
        is_prerelease: isSemverPrerelease(version) ?? false,
      })),
    ),
    dependencies: rows.flatMap(({ name, id, list }) =>
      [...list].flatMap(([version, needs]) =>
        needs.map(([needed, range, type, resolved]) => ({
          id: nameId('dependency', `${name}@${version} ${type} ${needed}`),
          package_id: id,
          version_id: versionId(name, version),
          ...target(needed, range, resolved),
          dependency_version_range: range,
          dependency_type: type,
        })),
      ),
    ),
    tags: known.flatMap(({ name, tags }) =>
      tags.map((slug) => ({
        id: nameId('package tag', `${name} ${slug}`),
        package_id: packageId(name),
        slug,
      })),
    ),
  };
}

const packageId = (name: string): string => nameId('package', `npm ${name}`);
const versionId = (name: string, version: string): string =>
  nameId('version', `npm ${name}@${version}`);

/**
 * Columns for the target of a dependency. The range of an alias contains the name of the
 * real package.
 */
function target(
  name: string,
  range: string,
  resolved: string | undefined,
): Readonly<Record<'dependency_name' | 'target_name' | 'resolved_version' | 'resolution', string>> {
  const alias = /^npm:(@?[^@]+)/.exec(range)?.[1];
  const found = alias === undefined ? ('registry' as const) : ('alias' as const);
  return {
    dependency_name: name,
    target_name: alias ?? name,
    // npm reads an empty range as any version. The column must not be blank.
    resolved_version: resolved ?? (range === '' ? '*' : range),
    resolution: resolved === undefined ? specification(range) : found,
  };
}

function specification(range: string): Resolution {
  if (/^(?:git[+:]|github:|[\w-]+\/[\w.-]+(?:#|$))/.test(range)) return 'git';
  if (/^https?:/.test(range)) return 'url';
  return /^(?:file|link|workspace):/.test(range) ? 'file' : 'unresolved';
}
