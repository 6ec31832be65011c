import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GardenConfig } from './config.ts';
import { ProblemError, type Problem } from '../report/problem.ts';
import { checkShape, type WrongSetting } from './config-shape.ts';
import { findSetting } from './find-setting.ts';
import { gardenConfigShape } from './garden-config-shape.ts';
import { loadModules } from './load-modules.ts';
import type { Seen } from './seen.ts';
import { isRecord } from './shapes.ts';

const NAMES = ['garden.config.ts', 'garden.config.js', 'garden.config.mjs'];

export interface LoadedConfig {
  readonly config: GardenConfig;
  /** Absent where there is none. */
  readonly file?: string;
}

/** Loads garden.config.ts, if it stands beside the drizzle-kit config. */
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
  if (!isRecord(config)) {
    throw new ProblemError({
      code: 'generate/garden-config',
      message: 'garden.config is not usable: it has no default export that is an object.',
      places: [{ file }],
      fix: "write export default defineGarden({ … }), from '@techgarden/schema/config'.",
    });
  }
  const [first, ...others] = checkShape(gardenConfigShape, config, []).map((wrong) =>
    wrongSetting(file, wrong),
  );
  if (first !== undefined) throw new ProblemError(first, { others });
  return { config: config as GardenConfig, file };
}

const wrongSetting = (file: string, { path, message, fix }: WrongSetting): Problem => ({
  code: 'generate/garden-config',
  message: `garden.config is not usable: ${message}`,
  places: [findSetting(file, path)],
  fix,
});
