import { ProblemError, type Problem } from '../report/problem.ts';
import { connectionProblem } from '../postgres/connection-problem.ts';
import { readDatabaseError } from '../postgres/database-error.ts';

/** State of a run when it failed. */
export interface Progressed {
  readonly place: string;
  /** COMMIT was sent, but not confirmed. */
  readonly committing: boolean;
}

/** Turns a server or network error into a problem; returns any other error unchanged. */
export function explainFailure(error: unknown, progressed: Progressed): unknown {
  if (error instanceof ProblemError) return error;
  const problem = commitProblem(error, progressed) ?? outsideProblem(error, progressed.place);
  return problem === undefined ? error : new ProblemError(problem, { cause: error });
}

function outsideProblem(error: unknown, place: string): Problem | undefined {
  const problem = connectionProblem(error, place);
  if (problem?.code !== 'database/connection-lost') return problem;
  return {
    ...problem,
    message: `${problem.message} Nothing was changed: the server rolls back uncommitted changes.`,
  };
}

function commitProblem(error: unknown, { place, committing }: Progressed): Problem | undefined {
  if (!committing) return undefined;
  const said = readDatabaseError(error);
  if (said === undefined || said.code.startsWith('57P')) {
    if (connectionProblem(error, place)?.code !== 'database/connection-lost') return undefined;
    return {
      code: 'migrate/outcome-unknown',
      message:
        'the connection was lost during COMMIT: either all pending migrations are applied, or none.',
      context: [place],
      fix: 'run this again: it reads the history, and applies the migrations that are missing.',
    };
  }
  return {
    code: 'migrate/commit',
    message: `the migrations ran, but the database refused to commit them: ${said.message}${said.detail === undefined ? '' : ` Detail: ${said.detail}`} (${said.code}). Nothing was changed.`,
    context: [place],
    fix: 'deferred constraints are checked at COMMIT: correct the rows that the migrations write, then run this again.',
  };
}
