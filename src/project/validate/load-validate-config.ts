import { dirname, resolve } from 'node:path';
import type { Ignore } from '../../check/apply-ignores.ts';
import type { ValidateConfig } from '../../check/validate-config.ts';
import { inStage } from '../../report/in-stage.ts';
import { loadGardenConfig } from '../load-garden-config.ts';
import { newSeen } from '../seen.ts';

/** The settings of `validate` in garden.config.ts, if there is one. */
export async function loadValidateConfig(
  cwd: string,
  config: string | undefined,
): Promise<{ readonly settings: ValidateConfig; readonly file: string | undefined }> {
  const folder = config === undefined ? cwd : dirname(resolve(cwd, config));
  const { config: garden, file } = await inStage('config', () =>
    loadGardenConfig(folder, newSeen()),
  );
  return { settings: garden.validate ?? {}, file };
}

/**
 * The findings that the settings accept. They are meant for the project's schema, so entries
 * without a match in another schema are not reported.
 */
export const acceptedBy = (
  { ignore = [] }: ValidateConfig,
  objects: ReadonlySet<string>,
  file = '',
): readonly Ignore[] =>
  ignore
    .filter(({ object }) => objects.has(object) || objects.has(`public.${object}`))
    .map(({ rule, object, reason }) => ({ rule, reason, target: { object }, at: { file } }));
