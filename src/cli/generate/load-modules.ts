import type { BuildFailure, BuildResult, Plugin } from 'esbuild';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve, sep } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { cannotBundle, cannotRun } from './cannot-load.ts';

type Module = Readonly<Record<string, unknown>>;

/** Modules of the user's, run. */
export interface Loaded {
  /** What each of the asked files exports, in their order. */
  readonly modules: readonly Module[];
  /** All files of the user's that took part: what `--watch` watches. */
  readonly inputs: readonly string[];
}

/**
 * Runs files of the user's as drizzle-kit does: bundled first, because Node alone
 * wants endings on imports, `type` on imports of types, and no enum. Packages stay
 * outside of the bundle, so that Drizzle is the same one for everybody. What is
 * imported by several of the files runs once.
 */
export async function loadModules(files: readonly string[]): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'garden-load-'));
  try {
    const { outputs, inputs } = await bundle(files, folder);
    // Stacks then name the user's lines, not those of the bundle.
    process.setSourceMapsEnabled(true);
    const modules: Module[] = [];
    // One after the other: of several mistakes it is always the same one that is told.
    for (const [index, output] of outputs.entries()) {
      try {
        // oxlint-disable-next-line no-await-in-loop
        modules.push((await import(pathToFileURL(output).href)) as Module);
      } catch (error) {
        throw cannotRun(files[index] as string, error);
      }
    }
    return { modules, inputs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundle(
  files: readonly string[],
  folder: string,
): Promise<{ outputs: readonly string[]; inputs: readonly string[] }> {
  // 10 MB of program that only this needs.
  const { build } = await import('esbuild');
  const outputs = files.map((_, index) => join(folder, `${index}.mjs`));
  // esbuild tells files relative to this.
  const here = dirname(files[0] as string);
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
      plugins: [packagesOutside, ownPlace],
    });
  } catch (error) {
    throw cannotBundle(files[0] as string, here, error as BuildFailure);
  }
  const inputs = Object.keys(result.metafile.inputs).map((name) => resolve(here, name));
  return { outputs, inputs };
}

const RESOLVED = Symbol('resolved by us');

/** Packages by their place, as the importing file finds them: the bundle stands elsewhere. */
const packagesOutside: Plugin = {
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
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

const LOADERS = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.jsx': 'jsx' } as const;

/** A file that asks for its own place is told where it stands, not where the bundle does. */
const ownPlace: Plugin = {
  name: 'own-place',
  setup(build) {
    build.onLoad({ filter: /\.[mc]?[jt]sx?$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
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
};
