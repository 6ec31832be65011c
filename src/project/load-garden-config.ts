import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GardenConfig } from './config.ts';
import type { Seen } from './seen.ts';

const NAMES = ['garden.config.ts', 'garden.config.js', 'garden.config.mjs'];

export interface LoadedConfig {
  readonly config: GardenConfig;
  /** Absent if the project has no garden.config.ts. */
  readonly file?: string;
}

/** Loads garden.config.ts from the folder of the drizzle-kit config, if it exists. */
export async function loadGardenConfig(folder: string, seen: Seen): Promise<LoadedConfig> {
  const find = (): string | undefined =>
    NAMES.map((name) => join(folder, name)).find((name) => existsSync(name));
  const file = find();
  seen.lookups.push({
    found: [file ?? ''],
    files: () => [find() ?? ''],
    folders: () => [folder],
  });
  if (file === undefined) return { config: {} };
  // Zod and the loader of modules are only needed for projects with this file.
  const { loadModules } = await import('./load-modules.ts');
  const { checkConfig } = await import('./check-config.ts');
  const { gardenConfigKind } = await import('./garden-config-kind.ts');
  const { modules } = await loadModules([file], 'config', seen);
  const config = modules[0]?.['default'];
  checkConfig(file, config, gardenConfigKind);
  return { config: config as GardenConfig, file };
}
