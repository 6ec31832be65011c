import type { BuildFailure, BuildResult, Plugin } from 'esbuild';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve, sep } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { containModule } from './contain-module.ts';
import { cannotBundle, cannotRead, cannotRun, type Role } from './cannot-load.ts';
import type { Importers } from './missing-export.ts';
import type { Seen } from './seen.ts';

type Module = Readonly<Record<string, unknown>>;

/** Modules of the user's, run. */
export interface Loaded {
  /** What each of the asked files exports, in their order. */
  readonly modules: readonly Module[];
  /** All files of the user's that took part. */
  readonly inputs: readonly string[];
}

/**
 * Runs files of the user's as drizzle-kit does: bundled first, because Node alone
 * wants endings on imports, `type` on imports of types, and no enum. Packages stay
 * outside of the bundle, so that Drizzle is the same one for everybody. What is
 * imported by several of the files runs once.
 */
export async function loadModules(
  files: readonly string[],
  role: Role,
  seen: Seen,
): Promise<Loaded> {
  // Places in stacks are relative to it: a link on the way would lead them astray.
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'garden-load-'));
  try {
    const { outputs, inputs, importers } = await bundle(files, folder, role, seen);
    // Stacks then name the user's lines, not those of the bundle.
    process.setSourceMapsEnabled(true);
    const modules: Module[] = [];
    // One after the other: of several mistakes it is always the same one that is told.
    for (const [index, output] of outputs.entries()) {
      try {
        modules.push(await containModule<Module>(() => import(pathToFileURL(output).href)));
      } catch (error) {
        throw cannotRun(files[index] as string, error, { role, inputs, importers });
      }
    }
    return { modules, inputs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Bundle {
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  readonly importers: Importers;
}

async function bundle(
  files: readonly string[],
  folder: string,
  role: Role,
  seen: Seen,
): Promise<Bundle> {
  // 10 MB of program that only this needs.
  const { build } = await import('esbuild');
  const outputs = files.map((_, index) => join(folder, `${index}.mjs`));
  // esbuild tells files relative to this.
  const here = dirname(files[0] as string);
  const importers = new Map<string, Map<string, string>>();
  let result: BuildResult<{ metafile: true }>;
  try {
    result = await build({
      entryPoints: files.map((file, index) => ({ in: file, out: String(index) })),
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      sourcemap: 'inline',
      metafile: true,
      absWorkingDir: here,
      logLevel: 'silent',
      plugins: [packagesOutside(importers), ownPlace(seen)],
    });
  } catch (error) {
    for (const folder of foldersOfMissing(here, error as BuildFailure)) seen.folders.add(folder);
    throw cannotBundle(role, files[0] as string, here, error as BuildFailure);
  }
  const inputs = Object.keys(result.metafile.inputs).map((name) => resolve(here, name));
  return { outputs, inputs, importers };
}

/** Where files would be that are imported, and are not there. */
const foldersOfMissing = (here: string, { errors = [] }: BuildFailure): readonly string[] =>
  errors.flatMap(({ location, text }) => {
    const path = /^Could not resolve "(\.[^"]*)"/.exec(text)?.[1];
    if (location === null || path === undefined) return [];
    return [dirname(resolve(here, dirname(location.file), path))];
  });

const RESOLVED = Symbol('resolved by us');

/** Packages by their place, as the importing file finds them: the bundle stands elsewhere. */
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
      // A path alias, or a package of the workspace whose source is TypeScript, belongs to the bundle.
      const installed = found.path.split(sep).includes('node_modules');
      if (found.external || !installed) return found.external ? found : { path: found.path };
      const url = pathToFileURL(found.path).href;
      importers.set(url, (importers.get(url) ?? new Map()).set(importer, path));
      return { path: url, external: true };
    });
  },
});

const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.jsx': 'jsx' } as const;

/** A file that asks for its own place is told where it stands, not where the bundle does. */
const ownPlace = (seen: Seen): Plugin => ({
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
