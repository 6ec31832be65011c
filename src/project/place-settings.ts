import type { Finding } from '../report/problem.ts';
import { findSetting } from './find-setting.ts';

/** Adds the lines of garden.config.ts to a finding about settings. */
export function placeSettings(
  { settings = [], ...finding }: Finding,
  file: string | undefined,
): Finding {
  if (file === undefined || settings.length === 0) return finding;
  const found = settings.map((path) => findSetting(file, path));
  return { ...finding, places: [...found, ...(finding.places ?? [])] };
}
