import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { bundleModules } from './bundle-modules.ts';
import { containModule } from './contain-module.ts';
import { cannotRun, type Role } from './cannot-load.ts';
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
  const output = join(folder, 'bundle.mjs');
  try {
    const bundled = await bundleModules(files, output, role, seen);
    await writeFile(output, bundled.text);
    // Stacks then name the user's lines, not those of the bundle.
    process.setSourceMapsEnabled(true);
    const ran = await containModule<Module>(() => import(pathToFileURL(output).href)).catch(
      (error: unknown) => {
        throw cannotRun(files, error, { ...bundled, role });
      },
    );
    const modules = files.map((_, at) => ran[`m${at}`] as Module);
    return { modules, inputs: [...bundled.imports.keys()] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
