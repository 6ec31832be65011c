import type { Schema } from '@rocicorp/zero';
import type { DBTransaction } from '@rocicorp/zero/server';
import { ProblemError } from '../report/problem.ts';
import { databaseFailure } from '../guard/database-failure.ts';
import type { ServerOptions } from './server-options.ts';

interface Login {
  readonly login: string;
  readonly seesAll: boolean;
  readonly version: number;
}

/**
 * Throws if the login role cannot do what mutators need: switch to the application's role,
 * and see all rows before it switches. Otherwise the guard would treat existing rows as
 * missing, and deny writes without an apparent reason.
 */
export async function checkLogin<S extends Schema, T>({
  database,
  schema,
  role = 'app_user',
}: Pick<ServerOptions<S, T>, 'database' | 'schema' | 'role'>): Promise<void> {
  if (role === false) return;
  // Bypasses Zero, which treats a table that the login role may not read as missing.
  await database.connection.transaction(async (dbTransaction) => {
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
        `${quoted}, the login role of the endpoints, is subject to row-level security.`,
        `alter role ${quoted} with bypassrls; user requests remain subject to the policies of ${role}.`,
      );
    }
    const hidden = await hiddenTables(dbTransaction, schema);
    if (hidden.length > 0) {
      const names = hidden.join(', ');
      throw loginProblem(
        `${quoted}, the login role of the endpoints, may not read ${names}.`,
        `grant select on ${names} to ${quoted}; and usage on their schemas.`,
      );
    }
    try {
      // The same statement as in every mutator. The role is reset at the end of the
      // transaction.
      await dbTransaction.query(`select set_config('role', $1::text, true)`, [role]);
    } catch (error) {
      const code = databaseFailure(error)?.code;
      if (code === '22023') {
        throw loginProblem(
          `there is no role ${role} in this database, but mutators run as it.`,
          'run the migrations, or pass the `role` of defineAccess to createServer.',
          error,
        );
      }
      if (code === '42501') {
        throw loginProblem(
          `${quoted}, the login role of the endpoints, may not switch to the role ${role}.`,
          `grant ${role} to ${quoted}${(found?.version ?? 0) >= 160_000 ? ' with set true' : ''};`,
          error,
        );
      }
      throw error;
    }
  });
}

/** Existing tables that the login role may not read. */
async function hiddenTables(
  transaction: Pick<DBTransaction<unknown>, 'query'>,
  { tables }: Schema,
): Promise<readonly string[]> {
  const rows = (await transaction.query(
    `select nspname as schema, relname as name from pg_class
     join pg_namespace on pg_namespace.oid = relnamespace
     where relkind in ('r', 'p', 'v', 'm', 'f') and not (
       has_schema_privilege(pg_namespace.oid, 'USAGE') and has_any_column_privilege(pg_class.oid, 'SELECT'))
     order by 1, 2`,
    [],
  )) as Iterable<{ readonly schema: string; readonly name: string }>;
  const wanted = new Set(Object.values(tables).map(({ name, serverName }) => serverName ?? name));
  return [...rows]
    .map(({ schema, name }) => (schema === 'public' ? name : `${schema}.${name}`))
    .filter((table) => wanted.has(table));
}

const loginProblem = (message: string, fix: string, cause?: unknown): ProblemError =>
  new ProblemError({ code: 'server/login', message, fix }, { cause });
