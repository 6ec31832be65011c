import { ProblemError } from '../report/problem.ts';

/** The number of `--max-warnings`. */
export function readMaxWarnings(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--max-warnings ${JSON.stringify(typed)} is not a valid number of warnings.`,
    fix: 'use a whole number, for example --max-warnings 0.',
  });
}
