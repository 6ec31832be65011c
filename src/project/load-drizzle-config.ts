import { checkDrizzleConfig, type DrizzleConfig } from './drizzle-config.ts';
import { findDrizzleConfig } from './find-drizzle-config.ts';
import { loadModules } from './load-modules.ts';
import type { Seen } from './seen.ts';

/** drizzle-kit's config and its settings. */
export interface LoadedDrizzleConfig {
  readonly configFile: string;
  readonly settings: DrizzleConfig;
}

/** Loads the drizzle-kit config of a folder, or the given one. */
export async function loadDrizzleConfig(
  cwd: string,
  config: string | undefined,
  seen: Seen,
): Promise<LoadedDrizzleConfig> {
  const configFile = findDrizzleConfig(cwd, config);
  seen.files.add(configFile);
  const { modules } = await loadModules([configFile], 'config', seen);
  return { configFile, settings: checkDrizzleConfig(configFile, modules[0]?.['default']) };
}
