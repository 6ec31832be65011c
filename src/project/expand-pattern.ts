import { globSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * drizzle-kit accepts a file, a folder, or a glob; for a folder, it uses the files directly
 * in it. The order is also drizzle-kit's: if files import each other, it decides which runs
 * first.
 */
export function expand(folder: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder })
    .toSorted((a, b) => a.localeCompare(b, 'en'))
    .map((name) => resolve(folder, name))
    .flatMap((path) => (kindOf(path) === 'folder' ? filesIn(path).toSorted() : [path]))
    .filter((path) => kindOf(path) === 'file');
}

/** An editor may leave a link that is broken or points to itself. */
function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

const filesIn = (folder: string): readonly string[] =>
  (entriesOf(folder) ?? [])
    .map(({ name }) => name)
    .filter((name) => /\.[mc]?[jt]s$/.test(name) && !/\.d\.[mc]?ts$/.test(name))
    .map((name) => join(folder, name));

/**
 * A folder that cannot be read is skipped: the project may contain a database's data
 * folder.
 */
function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

/** The folders where new files that match the pattern may appear. */
export function foldersOfPattern(base: string, pattern: string): readonly string[] {
  const parts = pattern.split('/');
  const magic = parts.findIndex((part) => /[*?{}[\]()!]/.test(part));
  if (magic < 0) {
    const path = resolve(base, pattern);
    return kindOf(path) === 'folder' ? [path] : [dirname(path)];
  }
  const top = resolve(
    base,
    parts.slice(0, magic).join('/') || (pattern.startsWith('/') ? '/' : '.'),
  );
  return magic === parts.length - 1 && parts[magic] !== '**' ? [top] : withFolders(top);
}

/** A folder and its subfolders, as far as they are readable. */
function withFolders(folder: string): readonly string[] {
  const entries = entriesOf(folder);
  if (entries === undefined) return [];
  const inside = entries
    .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name))
    .flatMap(({ name }) => withFolders(join(folder, name)));
  return [folder, ...inside];
}
