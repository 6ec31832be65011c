import { resolve } from 'node:path';
import { ProblemError, type Problem } from '../report/problem.ts';
import type { NamedPlace } from '../report/place.ts';
import { findSetting } from './find-setting.ts';
import { loadGardenConfig } from './load-garden-config.ts';
import { loadModules } from './load-modules.ts';
import { newSeen } from './seen.ts';

/** The settings of garden.config.ts that name a module. */
export type ModuleSetting = 'seed' | 'preparedQueries' | 'kms';

/** A module that garden.config.ts names. */
export interface SettingModule {
  readonly exports: Readonly<Record<string, unknown>>;
  /** The path as written in the setting. */
  readonly name: string;
  /** The place of the setting. */
  readonly place: NamedPlace;
}

/** Loads the module that a setting names. Throws `unset` if the setting is missing. */
export async function loadSettingModule(
  folder: string,
  setting: ModuleSetting,
  unset: Pick<Problem, 'code' | 'fix'>,
): Promise<SettingModule> {
  const { config, file } = await loadGardenConfig(folder, newSeen());
  const name = config[setting];
  if (name === undefined || file === undefined) {
    throw new ProblemError({
      ...unset,
      message: `garden.config.ts sets no ${setting}.`,
      places: [{ file: file ?? resolve(folder, 'garden.config.ts') }],
    });
  }
  const place = findSetting(file, [setting]);
  const module = resolve(folder, name);
  const { modules } = await loadModules([module], 'config', newSeen()).catch((error: unknown) => {
    if (!(error instanceof ProblemError) || !isMissing(error.problem, module)) throw error;
    throw new ProblemError({ ...error.problem, places: [place] });
  });
  return { exports: modules[0] ?? {}, name, place };
}

/** Whether the problem is a missing file. */
const isMissing = ({ places = [] }: Problem, file: string): boolean =>
  places[0]?.file === file && places[0].line === undefined;
