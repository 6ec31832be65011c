import { sql } from 'drizzle-orm';
import { databaseFailure } from '../database-failure.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { placed } from '../../report/placed.ts';
import { ProblemError } from '../../report/problem.ts';
import { enter, roleOf } from './ask-policies.ts';
import { keyCondition, type AskedKey, type AskedRow } from './asked-row.ts';
import { rolledBack } from './rolled-back.ts';

/** Finds the row of a key. */
export async function findRow(tx: AnyDatabase, asked: AskedKey): Promise<AskedRow> {
  const { table, key } = asked;
  const shown = Object.values(key).join(', ');
  // The key as Postgres writes it: a uuid in lower case.
  const columns = Object.keys(key).map(
    (name, at) => `"~0".${quoteName(name)}::text as ${quoteName(`k${at}`)}`,
  );
  const query = `select ${columns.join(', ')}, ("~0".*)::text as "row" from ${quoteTable(table.id)} as "~0" where ${keyCondition(asked)}`;
  const [row] = await rowsOf<Record<string, string>>(tx, sql.raw(query)).catch(
    (error: unknown): never => {
      if (databaseFailure(error)?.code.startsWith('22') !== true) throw error;
      throw new ProblemError(
        {
          code: 'cli/bad-value',
          message: `${JSON.stringify(shown)} cannot be a key of ${table.id}.`,
          places: placed(table.id, table.at),
          context: ['--why'],
          fix: `pass the ${Object.keys(key).join(' and ')} of an existing row.`,
        },
        { cause: error },
      );
    },
  );
  if (!row) {
    throw new ProblemError({
      code: 'rules/no-row',
      message: `${table.id} has no row with the key ${shown}.`,
      places: placed(table.id, table.at),
      fix: 'pass the key of an existing row, and check that the database is the right one.',
    });
  }
  const found = Object.keys(key).map((name, at) => [name, row[`k${at}`] as string] as const);
  return { ...asked, key: Object.fromEntries(found), text: row['row'] as string };
}

/** Throws if the login role cannot see every row, or cannot become the application's role. */
export async function checkLogin(tx: AnyDatabase, asked: AskedKey): Promise<void> {
  const [login] = await rowsOf<{ name: string; all: boolean }>(
    tx,
    sql`select quote_ident(current_user) as name, rolsuper or rolbypassrls as all from pg_roles where rolname = current_user`,
  );
  const name = login?.name ?? '';
  if (login?.all !== true) {
    throw new ProblemError({
      code: 'rules/row-security',
      message: `the login role ${name} is subject to row-level security, so it may not see the row.`,
      fix: `connect as a superuser, or as the superuser: alter role ${name} with bypassrls;`,
    });
  }
  const role = roleOf(asked.access, asked.claims);
  await rolledBack(tx, (inner) => enter(inner, asked)).catch((error: unknown): never => {
    const code = databaseFailure(error)?.code;
    if (code === '42501') {
      throw new ProblemError(
        {
          code: 'stack/role',
          message: `${name} may not switch to the role ${role}, which user requests run as.`,
          fix: `as a superuser: grant ${quoteName(role)} to ${name}; since Postgres 16 with set true.`,
        },
        { cause: error },
      );
    }
    throw code === '22023' ? notMigrated(`the role ${role}`, error) : error;
  });
}

/** The problem that the database lacks an object of the schema. */
export const notMigrated = (lacks: string, cause: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'database/not-migrated',
      message: `the database lacks ${lacks}, so it is older than the schema.`,
      fix: 'run `garden migrate` with the same database; if the schema changed, `garden generate` first.',
    },
    { cause },
  );
