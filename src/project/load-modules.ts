import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { bundleModules } from './bundle-modules.ts';
import { containModule } from './contain-module.ts';
import { cannotRun, type Role } from './cannot-load.ts';
import { requireDrizzle } from './require-drizzle.ts';
import type { Seen } from './seen.ts';

type Module = Readonly<Record<string, unknown>>;

/** The user's modules and their exports. */
export interface Loaded {
  /** The exports of each requested file, in order. */
  readonly modules: readonly Module[];
  /** All files of the user's that were loaded. */
  readonly inputs: readonly string[];
}

/**
 * Runs the user's files as drizzle-kit does. They are bundled first, because Node requires
 * file extensions in imports and `type` on type imports, and does not support enums.
 * Packages are not bundled, so that there is only one copy of Drizzle. A module that
 * several files import runs once.
 */
export async function loadModules(
  files: readonly string[],
  role: Role,
  seen: Seen,
): Promise<Loaded> {
  // Stack places are relative to this folder, so it must not contain a link.
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'garden-load-'));
  const output = join(folder, 'bundle.mjs');
  try {
    const bundled = await bundleModules(files, output, role, seen);
    requireDrizzle(bundled.importers);
    await writeFile(output, bundled.text);
    // Stacks then contain the user's lines, not those of the bundle.
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
