import type { BuildFailure, BuildResult, Metafile, Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, extname, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cannotBundle, cannotRead, ENTRY, type Role } from './cannot-load.ts';
import { keepDeadZone } from './keep-dead-zone.ts';
import type { Importers } from './missing-export.ts';
import type { Seen } from './seen.ts';

export interface Bundle {
  /** A module that exports the namespace of each file: `m0`, `m1`, … */
  readonly text: string;
  /** Each of the user's files, with its imports. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  readonly importers: Importers;
}

/**
 * Bundles files and all their imports into one module. With one entry, which imports the
 * files in order, the modules run in the same order as in Node and drizzle-kit; several
 * entries with `splitting` change the order if files import each other. `output` is the
 * path of the bundle: its source map names files relative to that.
 */
export async function bundleModules(
  files: readonly string[],
  output: string,
  role: Role,
  seen: Seen,
): Promise<Bundle> {
  // Loaded on demand: esbuild has 10 MB.
  const { build } = await import('esbuild');
  // esbuild reports files relative to this folder.
  const here = dirname(files[0] as string);
  const importers = new Map<string, Map<string, string>>();
  const vars = new Set<string>();
  let result: BuildResult<{ metafile: true; write: false }>;
  try {
    result = await build({
      stdin: { contents: entryOf(files), resolveDir: here, sourcefile: ENTRY },
      bundle: true,
      write: false,
      outfile: output,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      sourcemap: 'inline',
      metafile: true,
      absWorkingDir: here,
      logLevel: 'silent',
      plugins: [entryFiles, packagesOutside(importers), ownPlace(seen, vars)],
    });
  } catch (error) {
    for (const folder of foldersOfMissing(here, error as BuildFailure)) seen.folders.add(folder);
    throw cannotBundle(role, files[0] as string, here, error as BuildFailure);
  }
  // Drizzle would accept a table without the columns that it spreads.
  const errors = result.warnings.filter(
    ({ id, location }) =>
      id === 'import-is-undefined' &&
      /\.\.\.\s*[\w$]+\.$/.test(location?.lineText.slice(0, location.column) ?? ''),
  );
  if (errors.length > 0) {
    throw cannotBundle(role, files[0] as string, here, { errors } as unknown as BuildFailure);
  }
  return {
    text: keepDeadZone(result.outputFiles[0]?.text ?? '', (name) => vars.has(name)),
    imports: importsIn(here, result.metafile),
    importers,
  };
}

function entryOf(files: readonly string[]): string {
  const imports = files.map((file, at) => `import * as m${at} from ${JSON.stringify(file)};\n`);
  return `${imports.join('')}export { ${files.map((_, at) => `m${at}`).join(', ')} };\n`;
}

/** A file that just existed is read without resolving it. */
const entryFiles: Plugin = {
  name: 'entry-files',
  setup(build) {
    build.onResolve({ filter: /^/ }, ({ path, importer }) =>
      importer === ENTRY ? { path } : undefined,
    );
  },
};

function importsIn(here: string, { inputs }: Metafile): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(inputs)
      .filter(([name]) => name !== ENTRY)
      .map(([name, { imports }]) => [
        resolve(here, name),
        imports.filter(({ external }) => !external).map(({ path }) => resolve(here, path)),
      ]),
  );
}

/** The folders in which a missing imported file may appear. */
const foldersOfMissing = (here: string, { errors = [] }: BuildFailure): readonly string[] =>
  errors.flatMap(({ location, text }) => {
    const path = /^Could not resolve "(\.[^"]*)"/.exec(text)?.[1];
    if (location === null || path === undefined) return [];
    return [dirname(resolve(here, dirname(location.file), path))];
  });

const RESOLVED = Symbol('resolved by us');

/** Resolves packages from the importing file, because the bundle is in another folder. */
const packagesOutside = (importers: Map<string, Map<string, string>>): Plugin => ({
  name: 'packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./\\]/ }, async ({ path, pluginData, kind, ...at }) => {
      if (pluginData === RESOLVED || kind === 'entry-point' || isBuiltin(path)) return undefined;
      const { importer, resolveDir } = at;
      const found = await build.resolve(path, {
        kind,
        importer,
        resolveDir,
        pluginData: RESOLVED,
      });
      if (found.errors.length > 0) return { errors: found.errors };
      // A path alias, or a workspace package with TypeScript source, is bundled.
      const installed = found.path.split(sep).includes('node_modules');
      if (found.external || !installed) return found.external ? found : { path: found.path };
      const url = pathToFileURL(found.path).href;
      importers.set(url, (importers.get(url) ?? new Map()).set(importer, path));
      return { path: url, external: true };
    });
  },
});

const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.jsx': 'jsx' } as const;

/**
 * Gives a file that uses its own path the original path, not that of the bundle. Also
 * collects each `var`.
 */
const ownPlace = (seen: Seen, vars: Set<string>): Plugin => ({
  name: 'own-place',
  setup(build) {
    build.onLoad({ filter: /\.[mc]?[jt]sx?$/ }, async ({ path }) => {
      seen.files.add(path);
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        return { errors: [cannotRead(path, error)] };
      }
      for (const [, name = ''] of text.matchAll(/\bvar\s+([\w$]+)/g)) vars.add(name);
      if (!/import\.meta\.|__dirname|__filename/.test(text)) return undefined;
      const place = {
        'import.meta.url': pathToFileURL(path).href,
        'import.meta.dirname': dirname(path),
        'import.meta.filename': path,
        __dirname: dirname(path),
        __filename: path,
      };
      const contents = text.replace(
        /\bimport\.meta\.(?:url|dirname|filename)\b|\b__(?:dirname|filename)\b/g,
        (name) => JSON.stringify(place[name as keyof typeof place]),
      );
      return { contents, loader: LOADERS[extname(path) as keyof typeof LOADERS] ?? 'js' };
    });
  },
});
