import type { Validation } from '../../../check/validation.ts';
import { escapedJson } from '../../../command/escape-controls.ts';
import { relativePlaces } from '../../../report/relative-places.ts';
import type { PrintContext } from './print-context.ts';

/** For programs: one JSON document, as described by docs/validate.schema.json. */
export function printJson(
  { findings, ignored, notJudged, tables, rules, baseline }: Validation,
  { folder }: PrintContext,
): string {
  const relative = <F extends Validation['findings'][number]>(list: readonly F[]): readonly F[] =>
    list.map((finding) => relativePlaces(finding, folder));
  const document = {
    version: 1,
    tables,
    rules: rules.map(({ code }) => code),
    findings: relative(findings),
    ignored: relative(ignored),
    notJudged: notJudged.map((one) => relativePlaces(one, folder)),
    ...(baseline && { baseline: { ...baseline, accepted: relative(baseline.accepted) } }),
  };
  return `${escapedJson(document, 2)}\n`;
}
