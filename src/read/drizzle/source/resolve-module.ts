import { realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { readPaths, type PathAliases } from './read-paths.ts';

/** Resolves modules to source files, with a cache. */
export interface ModuleResolver {
  /** The file of a relative import, or of an import by a tsconfig alias. */
  fileOf(specifier: string, importer: string): string | undefined;
  /** The source file of a package in the same workspace: linked, not installed. */
  linkedFileOf(specifier: string, importer: string): string | undefined;
}

export function moduleResolver(): ModuleResolver {
  const found = new Map<string, string | undefined>();
  const aliases = new Map<string, PathAliases | undefined>();
  const remember = (
    specifier: string,
    importer: string,
    find: (folder: string) => string | undefined,
  ): string | undefined => {
    const folder = dirname(importer);
    const key = `${find.name} ${folder} ${specifier}`;
    if (!found.has(key)) found.set(key, find(folder));
    return found.get(key);
  };
  return {
    fileOf: (specifier, importer) =>
      remember(specifier, importer, function written(folder) {
        if (/^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier)) {
          return existingFile(resolve(folder, specifier));
        }
        const paths = readPaths(folder, aliases);
        return paths?.candidates(specifier).map(existingFile).find(Boolean);
      }),
    linkedFileOf: (specifier, importer) =>
      remember(specifier, importer, function linked(folder) {
        try {
          const file = realpathSync(createRequire(join(folder, '_')).resolve(specifier));
          return /\/node_modules\/|\.[mc]?jsx?$/.test(file.replaceAll('\\', '/'))
            ? undefined
            : file;
        } catch {
          return undefined;
        }
      }),
  };
}

/** TypeScript also resolves a file by the name of its output, or without an extension. */
function existingFile(path: string): string | undefined {
  const source = path.replace(/\.([mc]?)js(x?)$/, '.$1ts$2');
  const endings = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.mjs'];
  return [
    ...new Set([source, path]),
    ...endings.map((ending) => path + ending),
    ...endings.map((ending) => join(path, `index${ending}`)),
  ].find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
