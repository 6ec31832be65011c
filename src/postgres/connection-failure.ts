import { causesOf } from '../report/causes-of.ts';
import { ProblemError } from '../report/problem.ts';
import { connectionProblem } from './connection-problem.ts';

/**
 * Returns the error to throw: a problem if the server or the connection is the cause. A
 * problem or an unrelated error is returned unchanged.
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
