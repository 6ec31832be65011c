import { ProblemError, type Problem, type Stage } from './problem.ts';

/** Runs a part of the work; a problem that it throws says which part found it. */
export async function inStage<Result>(
  stage: Stage,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProblemError ? withStage(stage, error) : error;
  }
}

/** A problem, or one that was found with it, may know its stage already. */
export function withStage(stage: Stage, error: ProblemError): ProblemError {
  const staged = (problem: Problem): Problem => ({ ...problem, stage: problem.stage ?? stage });
  return new ProblemError(staged(error.problem), {
    cause: error.cause,
    others: error.others.map(staged),
  });
}
