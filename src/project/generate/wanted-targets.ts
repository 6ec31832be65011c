import type { GardenConfig } from '../config.ts';
import type { GenerateOptions, Target } from './generate-options.ts';

/** The targets of a run: the one on the command line, or all that the project configures. */
export function wantedTargets(
  { target, watch }: Pick<GenerateOptions, 'target' | 'watch'>,
  { zero, jsonSchema, supabase }: GardenConfig,
): ReadonlySet<Target> {
  if (target !== undefined) return new Set([target]);
  const files: readonly Target[] = [
    ...(zero === undefined ? [] : ['zero' as const]),
    ...(jsonSchema === undefined ? [] : ['json-schema' as const]),
    ...(supabase === undefined ? [] : ['supabase' as const]),
  ];
  // --watch writes no migrations, because every save of a file would create one.
  if (watch) return new Set(files.length === 0 ? ['zero'] : files);
  return new Set(['migrations', ...files]);
}
