import type { Finding } from '../report/problem.ts';
import { findSetting } from './find-setting.ts';

const SETTING = /^zero\.(?:only|tables|relations|manyToMany|publication)(?:\.|$)/;

/** A finding that speaks of a setting, with the line of garden.config.ts that says it. */
export function placeSettings(finding: Finding, file: string | undefined): Finding {
  if (file === undefined || finding.at === undefined) return finding;
  return {
    ...finding,
    at: finding.at.map((place) =>
      SETTING.test(place) ? `${findSetting(file, place.split('.'))}  ${place}` : place,
    ),
  };
}
