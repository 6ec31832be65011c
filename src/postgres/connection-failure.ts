import { causesOf } from '../report/causes-of.ts';
import { ProblemError } from '../report/problem.ts';
import { connectionProblem } from './connection-problem.ts';

/**
 * What to throw in the place of an error: the problem where the server or the way to it
 * is behind it. A problem and a defect stay what they are.
 *
 * @param place the database as messages show it, without a password.
 */
export function connectionFailure(error: unknown, place: string): unknown {
  if (error instanceof ProblemError) return error;
  for (const one of causesOf(error)) {
    const problem = connectionProblem(one, place);
    if (problem !== undefined) return new ProblemError(problem, { cause: error });
  }
  return error;
}
