import type { Validation } from '../../../check/validation.ts';
import { escapeLines } from '../../../command/escape-controls.ts';
import type { Finding, Problem } from '../../../report/problem.ts';
import { relativePlaces } from '../../../report/relative-places.ts';
import type { PrintContext } from './print-context.ts';
import { notJudgedLines } from './print-not-judged.ts';
import { summarise } from './summarise.ts';

type Level = Finding['severity'] | 'notice';

/**
 * For GitHub Actions: workflow commands, which GitHub shows next to the lines of a pull request.
 * Paths are relative to the checkout.
 */
export function printGithub(validation: Validation, { folder }: PrintContext): string {
  const { findings, notJudged } = validation;
  return [
    ...findings.map((finding) => problemCommand(finding.severity, finding, folder)),
    ...notJudgedLines(notJudged, folder).map((line) =>
      command('notice', { title: 'not judged' }, line),
    ),
    summarise(validation),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** A problem as a workflow command, even if nothing could be judged. */
export function problemCommand(level: Level, problem: Problem, folder: string): string {
  const { code, message, fix, paste } = { paste: undefined, ...problem };
  const [place] = relativePlaces(problem, folder).places ?? [];
  const file = place?.file.replaceAll('\\', '/');
  return command(
    level,
    { file, line: place?.line, title: code },
    [`${message}`, `fix: ${fix}`, ...(paste === undefined ? [] : [paste])].join('\n'),
  );
}

function command(
  level: Level,
  properties: Readonly<Record<string, string | number | undefined>>,
  text: string,
): string {
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(',')}::${escapeData(text)}`;
}

/** The same escapes as in @actions/core. The runner decodes exactly these. */
const escapeData = (text: string): string =>
  escapeLines(text.replaceAll('\r', '\n')).replaceAll('%', '%25').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
