import type { Schema } from '@rocicorp/zero';
import type { ZQLDatabase } from '@rocicorp/zero/server';
import { ProblemError } from '../report/problem.ts';
import { databaseFailure } from '../guard/database-failure.ts';

interface Login {
  readonly login: string;
  readonly seesAll: boolean;
  readonly version: number;
}

/**
 * Throws where the login cannot do what mutators need: take the application's role, and
 * see every row when it does not. Without the second, the guard would find rows gone
 * that are there, and deny without a reason.
 */
export async function checkLogin<S extends Schema, T>(
  database: ZQLDatabase<S, T>,
  role: string | false,
): Promise<void> {
  if (role === false) return;
  await database.transaction(async ({ dbTransaction }) => {
    const [found] = (await dbTransaction.query(
      `select current_user as login, rolsuper or rolbypassrls as "seesAll",
         current_setting('server_version_num')::int as version
       from pg_roles where rolname = current_user`,
      [],
    )) as Iterable<Login>;
    const login = found?.login ?? '';
    const quoted = `"${login.replaceAll('"', '""')}"`;
    if (found?.seesAll !== true) {
      throw loginProblem(
        `row-level security applies to ${quoted}, the login of the endpoints, before it takes the role ${role}.`,
        `alter role ${quoted} with bypassrls; the people it acts for are held by ${role}'s policies all the same.`,
      );
    }
    try {
      // What every mutation does; it ends with the transaction.
      await dbTransaction.query(`select set_config('role', $1::text, true)`, [role]);
    } catch (error) {
      const code = databaseFailure(error)?.code;
      if (code === '22023') {
        throw loginProblem(
          `there is no role ${role} in this database, and mutators run as it.`,
          'run the migrations, or give the `role` of defineAccess to createServer.',
          error,
        );
      }
      if (code === '42501') {
        throw loginProblem(
          `${quoted}, the login of the endpoints, may not take the role ${role}.`,
          `grant ${role} to ${quoted}${(found?.version ?? 0) >= 160_000 ? ' with set true' : ''};`,
          error,
        );
      }
      throw error;
    }
  });
}

const loginProblem = (message: string, fix: string, cause?: unknown): ProblemError =>
  new ProblemError({ code: 'server/login', message, fix }, { cause });
