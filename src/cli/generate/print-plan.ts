import { relative } from 'node:path';
import { formatProblem } from '../../report/format-problem.ts';
import type { Finding } from '../../report/problem.ts';
import { relativePlaces } from '../../report/relative-places.ts';
import type { Paint } from '../../command/paint.ts';
import type { FileDrift, Missing } from '../../project/generate/plan.ts';

/**
 * Findings as text, relative to `folder`; errors last, because the end of the output is
 * visible when the command ends.
 */
export function printFindings(findings: readonly Finding[], folder: string, paint: Paint): string {
  const order = [...findings].sort(
    (a, b) => Number(a.severity === 'error') - Number(b.severity === 'error'),
  );
  return order
    .map((finding) => {
      const colour = finding.severity === 'error' ? 'red' : 'yellow';
      const text = formatProblem(relativePlaces(finding, folder)).replace(
        finding.code,
        paint(colour, finding.code),
      );
      return `${text}\n\n`;
    })
    .join('');
}

/** The differences, one per line. */
export function printMissing(missing: readonly Missing[], paint: Paint): string {
  const colours = { '+': 'green', '-': 'red', '?': 'yellow' } as const;
  return missing.map(({ sign, text }) => `${paint(colours[sign], sign)} ${text}\n`).join('');
}

/** The files that differ, relative to `folder`, each with its lines. */
export function printDrift(drifted: readonly FileDrift[], folder: string, paint: Paint): string {
  return drifted
    .map(({ file, exists, lines }) => {
      const name = relative(folder, file);
      return exists
        ? `  ${name}:\n${printMissing(lines, paint)}`
        : `${paint('green', '+')} ${name}, which is not there\n`;
    })
    .join('');
}

/** The differing files as data for JSON. */
export function describeDrift(
  { file, exists, lines }: FileDrift,
  folder: string,
): { file: string; exists: boolean; missing: readonly string[]; extra: readonly string[] } {
  const signed = (wanted: Missing['sign']): readonly string[] =>
    lines.filter(({ sign }) => sign === wanted).map(({ text }) => text);
  return { file: relative(folder, file), exists, missing: signed('+'), extra: signed('-') };
}

/** `2 errors and 1 warning`; empty if there are none. */
export function countFindings(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']): string => {
    const { length } = findings.filter((finding) => finding.severity === severity);
    return length === 0 ? '' : `${length} ${severity}${length === 1 ? '' : 's'}`;
  };
  return [count('error'), count('warning')].filter((text) => text !== '').join(' and ');
}
