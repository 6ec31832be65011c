import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError, type Problem } from './problem.ts';
import { inRange } from './in-range.ts';
import { installedPackage } from './installed-package.ts';

const checked = new Set<string>();

/**
 * Throws where an installed peer has a version that package.json excludes: npm installs
 * it with --legacy-peer-deps, and its first missing export would tell nobody why. The
 * packages are those that this one gets, and those of the user's project where it is
 * named. What is not installed is left to whoever imports it.
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
    message: `@techgarden/schema needs ${name} ${range}, and ${found.version} is installed.`,
    places: [{ file: found.folder }],
    fix: `npm install "${name}@${range}"`,
  };
}

/** Nothing where a bundler has put this module into a file that is no package's. */
function ownFolder(): string | undefined {
  return import.meta.url?.startsWith('file:') ? dirname(fileURLToPath(import.meta.url)) : undefined;
}

let ranges: Readonly<Record<string, string>> | undefined;

function peerRanges(): Readonly<Record<string, string>> {
  ranges ??= readPeerRanges();
  return ranges;
}

/** In a bundle the file is another package's, or missing: no version is known to be wrong. */
function readPeerRanges(): Readonly<Record<string, string>> {
  try {
    // `src/report` and `dist/report` are equally deep below the package.
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
