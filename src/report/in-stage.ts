import { ProblemError, type Problem, type Stage } from './problem.ts';

/** Runs a stage, and adds the stage to any problem that it throws. */
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

/** Adds the stage to the problem and to `others`, unless they already have a stage. */
export function withStage(stage: Stage, error: ProblemError): ProblemError {
  const staged = (problem: Problem): Problem => ({ ...problem, stage: problem.stage ?? stage });
  return new ProblemError(staged(error.problem), {
    cause: error.cause,
    others: error.others.map(staged),
  });
}
