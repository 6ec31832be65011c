import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkConfig } from './check-config.ts';
import type { GardenConfig } from './config.ts';
import { gardenConfigKind } from './garden-config-kind.ts';
import { loadModules } from './load-modules.ts';
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
  const { modules } = await loadModules([file], 'config', seen);
  const config = modules[0]?.['default'];
  checkConfig(file, config, gardenConfigKind);
  return { config: config as GardenConfig, file };
}
