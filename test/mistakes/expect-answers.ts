import { expect, test } from 'vitest';
import { testProject } from '../../src/cli/generate/project.fixture.ts';
import { CANNOT_START } from '../../src/report/problem-codes.ts';
import type { Mistake } from './mistake.ts';

/** Makes each mistake, and expects of the answer what a person needs to mend it. */
export function expectAnswers(mistakes: readonly Mistake[]): void {
  test.each(mistakes)('$name: $code', async ({ files, command, env, ...wanted }) => {
    using project = testProject(files);
    const ran = await project.garden(command.split(' '), env);
    const text = ran.err + ran.out;
    const problem = problemIn(ran.err, wanted.code);
    expect(problem, text).toBeDefined();
    if (wanted.place !== undefined) expect(problem?.places[0], text).toBe(wanted.place);
    expect(problem?.fix, text).toContain(wanted.fix);
    expect(ran.code, text).toBe(exitCode(wanted));
    // A stack, a defect of ours, or more than anybody reads.
    expect(text).not.toMatch(/^ +at \S/m);
    expect(text).not.toContain('defect of ours');
    expect(text.split('\n').length, text).toBeLessThan(30);
  });
}

const exitCode = ({ code, warning }: Pick<Mistake, 'code' | 'warning'>): number =>
  warning ? 0 : code in CANNOT_START ? 2 : 1;

/** The problem of a code, as `formatProblem` lays it out. */
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
