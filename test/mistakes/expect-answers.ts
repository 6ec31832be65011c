import { expect, test } from 'vitest';
import { testProject } from '../../src/cli/generate/project.fixture.ts';
import { CANNOT_START } from '../../src/report/start-problem-codes.ts';
import type { Mistake } from './mistake.ts';

/** A test for each mistake. */
export function expectAnswers(mistakes: readonly Mistake[]): void {
  test.each(mistakes)('$name: $code', (mistake) => expectAnswer(mistake, mistake.env));
}

type Made = Omit<Mistake, 'name' | 'place'> & { readonly place?: string | RegExp };

/** Makes a mistake, and expects a message with everything that a user needs to correct it. */
export async function expectAnswer(
  { files, command, ...wanted }: Made,
  env: Mistake['env'],
): Promise<void> {
  using project = testProject(files);
  expectProblem(await project.garden(command.split(' '), env), wanted);
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Expects a run to have ended with a problem, with its place and its fix, and nothing else. */
export function expectProblem(ran: Ran, wanted: Omit<Made, 'files' | 'command'>): void {
  const text = ran.err + ran.out;
  const problem = problemIn(ran.err, wanted.code);
  expect(problem, text).toBeDefined();
  const place = problem?.places[0];
  if (typeof wanted.place === 'string') expect(place, text).toBe(wanted.place);
  else if (wanted.place !== undefined) expect(place, text).toMatch(wanted.place);
  expect(problem?.fix, text).toContain(wanted.fix);
  expect(ran.code, text).toBe(exitCode(wanted));
  // A stack trace, a bug of this package, or a text too long to read.
  expect(text).not.toMatch(/^ +at \S/m);
  expect(text).not.toContain('defect of ours');
  expect(text.split('\n').length, text).toBeLessThan(30);
}

const exitCode = ({ code, warning }: Pick<Mistake, 'code' | 'warning'>): number =>
  warning ? 0 : code in CANNOT_START ? 2 : 1;

/** The problem with a code, as `formatProblem` prints it. */
function problemIn(
  text: string,
  code: string,
): { readonly places: readonly string[]; readonly fix: string } | undefined {
  const block = text.split('\n\n').find((one) => one.startsWith(`${code}: `));
  if (block === undefined) return undefined;
  return {
    places: [...block.matchAll(/^ {4}at {2}(.+)$/gm)].map(([, place = '']) => place),
    fix: /^ {4}fix ([\s\S]+)$/m.exec(block)?.[1] ?? '',
  };
}
