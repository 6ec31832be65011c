import type { Validation } from '../../../check/validation.ts';
import { countFindings } from '../../generate/print-plan.ts';
import { count } from './print-context.ts';

/** `2 errors and 1 warning in 12 tables by 29 rules; 1 finding ignored.` */
export function summarise({
  findings,
  ignored,
  notJudged,
  tables,
  rules,
  baseline,
}: Validation): string {
  const found = countFindings(findings) || `No ${baseline === undefined ? '' : 'new '}findings`;
  const parts = [
    `${found} in ${count(tables, 'table')} by ${count(rules.length, 'rule')}`,
    ...(ignored.length === 0 ? [] : [`${count(ignored.length, 'finding')} ignored`]),
    ...(baseline === undefined ? [] : baselineParts(baseline)),
    ...(notJudged.length === 0 ? [] : ['not everything was judged']),
  ];
  return `${parts.join('; ')}.`;
}

function baselineParts({
  file,
  accepted,
  gone,
  state,
}: NonNullable<Validation['baseline']>): readonly string[] {
  const entries = count(gone, 'entry').replace(/entrys$/, 'entries');
  if (state === 'created') return [`${count(accepted.length, 'finding')} written to ${file}`];
  return [
    `${count(accepted.length, 'finding')} accepted by ${file}`,
    ...(state === 'shrunk' ? [`${entries} removed from it`] : []),
    ...(state === 'unwritable'
      ? [
          `${entries} of it ${gone === 1 ? 'is' : 'are'} gone, but the file is read-only: run the command locally, and commit the file`,
        ]
      : []),
  ];
}
