import { databaseErrorIn } from '../../postgres/database-error.ts';
import { ProblemError } from '../../report/problem.ts';

/** The problem of a settings table; undefined for any other error. */
export function settingsProblem(error: unknown, table: string): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  switch (databaseErrorIn(error)?.code) {
    case '42P01':
    case '42703':
    case '3F000':
      return new ProblemError(
        {
          code: 'settings/no-table',
          message: `the database has no table ${table} with the columns of settingColumns().`,
          fix: 'run the migrations: npx garden migrate.',
        },
        { cause: error },
      );
    case '42501':
      return hiddenSettings(table, error);
    default:
      return undefined;
  }
}

export const hiddenSettings = (table: string, cause?: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'settings/login',
      message: `the login role may not read or write all rows of ${table}.`,
      fix: 'use a login role with BYPASSRLS that may select, insert, update and delete: policies would hide private settings from any other.',
    },
    { cause },
  );
