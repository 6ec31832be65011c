import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError, type Problem } from './problem.ts';
import { inRange } from './in-range.ts';
import { installedPackage } from './installed-package.ts';

const checked = new Set<string>();

/**
 * Throws if an installed peer has a version that package.json excludes. npm installs such a
 * version with --legacy-peer-deps, and the error of the first missing export would not name
 * the cause. Checks the peers that this package imports and, if `project` is given, those
 * that the user's project imports. Packages that are not installed are ignored: the import
 * reports them.
 */
export function requireVersions(names: readonly string[], project?: string): void {
  const own = ownFolder();
  const folders = [own, project].filter((folder) => folder !== undefined);
  const problems = new Map<string, Problem>();
  for (const folder of folders) {
    for (const name of names) {
      const key = `${folder} ${name}`;
      if (checked.has(key)) continue;
      const found = wrongVersion(name, folder);
      if (found === undefined) checked.add(key);
      else problems.set(found.message, found);
    }
  }
  const [first, ...others] = problems.values();
  if (first !== undefined) throw new ProblemError(first, { others });
}

function wrongVersion(name: string, folder: string): Problem | undefined {
  const range = peerRanges()[name];
  const found = range === undefined ? undefined : installedPackage(name, folder);
  if (range === undefined || found === undefined || inRange(found.version, range)) return undefined;
  return {
    code: 'package/version',
    message: `@techgarden/schema needs ${name} ${range}, but ${found.version} is installed.`,
    places: [{ file: found.folder }],
    fix: `npm install "${name}@${range}"`,
  };
}

/**
 * The folder of this module. `undefined` if a bundler has moved the module to a file that
 * does not belong to a package.
 */
function ownFolder(): string | undefined {
  return import.meta.url?.startsWith('file:') ? dirname(fileURLToPath(import.meta.url)) : undefined;
}

let ranges: Readonly<Record<string, string>> | undefined;

function peerRanges(): Readonly<Record<string, string>> {
  ranges ??= readPeerRanges();
  return ranges;
}

/** In a bundle, the file is missing or belongs to another package. Then no version is refused. */
function readPeerRanges(): Readonly<Record<string, string>> {
  try {
    // `src/report` and `dist/report` have the same depth.
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { name, peerDependencies } = JSON.parse(text) as {
      name?: string;
      peerDependencies?: Record<string, string>;
    };
    return name === '@techgarden/schema' ? (peerDependencies ?? {}) : {};
  } catch {
    return {};
  }
}
