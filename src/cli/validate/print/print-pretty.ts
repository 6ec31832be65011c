import { escapeControls, escapeLines } from '../../../command/escape-controls.ts';
import type { Paint } from '../../../command/paint.ts';
import type { Validation } from '../../../check/validation.ts';
import type { NamedPlace } from '../../../report/place.ts';
import type { Finding } from '../../../report/problem.ts';
import { relativePlaces } from '../../../report/relative-places.ts';
import { codeFrame, lineReader, type ReadLines } from '../code-frame.ts';
import { groupFindings } from './group-findings.ts';
import { isError, type PrintContext } from './print-context.ts';
import { notJudgedLines } from './print-not-judged.ts';
import { summarise } from './summarise.ts';

/** For humans: findings by table, with source, fix and lines to paste, and a summary at the end. */
export function printPretty(validation: Validation, context: PrintContext): string {
  const { folder, paint } = context;
  const readLines = lineReader();
  const groups = groupFindings(validation.findings).map(({ title, findings }) =>
    [
      paint('bold', escapeControls(title)),
      ...findings.map((finding) => printFinding(finding, { ...context, readLines })),
    ].join('\n\n'),
  );
  const skipped = notJudgedLines(validation.notJudged, folder).map(
    (line) => `${paint('yellow', 'not judged')}  ${line}`,
  );
  const summary = summarise(validation);
  return [
    ...groups,
    ...(skipped.length > 0 ? [skipped.join('\n')] : []),
    validation.findings.length === 0 && skipped.length === 0 ? paint('green', summary) : summary,
  ]
    .join('\n\n')
    .concat('\n');
}

interface FindingContext extends PrintContext {
  readonly readLines: ReadLines;
}

function printFinding(
  finding: Finding,
  { folder, paint, columns, readLines }: FindingContext,
): string {
  const { code, severity, message, fix, paste, object, context = [], places = [] } = finding;
  const label = paint(isError(finding) ? 'red' : 'yellow', severity);
  const shown = relativePlaces(finding, folder).places ?? [];
  const [first, ...others] = shown;
  const at = first === undefined ? escapeControls(object ?? '') : showPlace(first);
  const [source] = places;
  const frame =
    source?.line === undefined
      ? []
      : codeFrame(readLines(source.file), source.line, { paint, width: columns - 4 });
  const also = [...others.map(showPlace), ...context.map(escapeLines)];
  return [
    `${label}  ${indent(escapeLines(message), '  ')}  ${paint('dim', code)}`,
    ...(at === '' ? [] : [paint('cyan', at)]),
    ...frame.map((row) => `  ${row}`),
    ...also.map((place) => `${paint('dim', 'also')}  ${indent(place, '      ')}`),
    `${paint('green', 'fix')}  ${indent(escapeLines(fix), '     ')}`,
    ...(paste === undefined ? [] : ['', ...pasted(paste, paint), '']),
  ]
    .map((line) => indent(line === '' ? '' : `  ${line}`, '  '))
    .join('\n')
    .trimEnd();
}

const pasted = (text: string, paint: Paint): readonly string[] =>
  escapeLines(text)
    .split('\n')
    .map((line) => `     ${paint('green', line)}`);

const showPlace = ({ file, line, name }: NamedPlace): string =>
  escapeControls(
    `${file}${line === undefined ? '' : `:${line}`}${name === undefined ? '' : `  ${name}`}`,
  );

const indent = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`);
