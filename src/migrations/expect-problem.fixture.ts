import { expect } from 'vitest';
import { ProblemError, type Problem } from '../report/problem.ts';

/** The problem that a call throws; any other outcome fails the test. */
export async function problemOf(run: () => unknown): Promise<Problem> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return expect.unreachable('it should have been refused');
}
