import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** drizzle-kit takes a file, a folder, or a glob; of a folder, the files right in it. */
export function expand(folder: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder })
    .map((name) => resolve(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]))
    .sort();
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /\.[mc]?[jt]s$/.test(name) && !/\.d\.[mc]?ts$/.test(name))
    .map((name) => join(folder, name));

/** The folders where a file may come that the pattern matches. */
export function foldersOfPattern(base: string, pattern: string): readonly string[] {
  const parts = pattern.split('/');
  const magic = parts.findIndex((part) => /[*?{}[\]()!]/.test(part));
  if (magic < 0) {
    const path = resolve(base, pattern);
    return existsSync(path) && statSync(path).isDirectory() ? [path] : [dirname(path)];
  }
  const top = resolve(
    base,
    parts.slice(0, magic).join('/') || (pattern.startsWith('/') ? '/' : '.'),
  );
  return magic === parts.length - 1 && parts[magic] !== '**' ? [top] : [top, ...below(top)];
}

function below(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name))
    .map(({ name }) => join(folder, name))
    .flatMap((path) => [path, ...below(path)]);
}
