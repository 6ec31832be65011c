import { databaseErrorIn } from '../postgres/database-error.ts';
import { ProblemError } from '../report/problem.ts';

/** The error to throw: a problem if the table is the cause, and otherwise unchanged. */
export function limitProblem(error: unknown, table: string): unknown {
  const code = databaseErrorIn(error)?.code ?? '';
  const fails = (...wanted: readonly string[]): boolean => wanted.includes(code);
  if (fails('42P01', '42703', '3F000')) {
    return new ProblemError(
      {
        code: 'limits/no-table',
        message: `the database has no table ${table} with the columns of the kit.`,
        fix: 'run the migrations: npx garden migrate.',
      },
      { cause: error },
    );
  }
  if (fails('42501')) {
    return new ProblemError(
      {
        code: 'limits/login',
        message: `the database role may not use ${table}.`,
        fix: 'run limits as the server, outside the transaction of a principal.',
      },
      { cause: error },
    );
  }
  return error;
}
