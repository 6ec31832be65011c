import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface InstalledPackage {
  readonly version: string;
  readonly folder: string;
}

/**
 * The package that an import in a folder resolves to. `undefined` if it is not installed,
 * or not in a node_modules folder.
 */
export function installedPackage(name: string, from: string): InstalledPackage | undefined {
  const folder = join(from, 'node_modules', name);
  const version = readVersion(folder);
  if (version !== undefined) return { version, folder };
  const parent = dirname(from);
  return parent === from ? undefined : installedPackage(name, parent);
}

function readVersion(folder: string): string | undefined {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    return (JSON.parse(text) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
