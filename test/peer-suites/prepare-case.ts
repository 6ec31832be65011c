import { quoteName } from '../../src/model/quote-sql.ts';
import type { Scratch } from '../../src/postgres/open-scratch.ts';
import { splitSql } from '../../src/read/sql/split-sql.ts';
import { sqlError, type SqlError } from '../../src/read/sql/statement-failure.ts';
import { MissingObjects } from './missing-objects.ts';

/** SQL that creates what a case needs, and the case; or the error that cannot be prevented. */
export type Preparation =
  | { readonly setup: readonly string[]; readonly sql: string }
  | { readonly error: string };

const ROUNDS = 80;
const NOT_TRIED = /^(?:begin|start|commit|end|rollback|savepoint|abort|release)\b/i;

/**
 * The cases of other tools change tables that they do not create. This finds out what has to exist
 * by running a case, and answering each error of the database. Everything is rolled back.
 *
 * @param given SQL for what the errors do not tell.
 */
export async function prepareCase(
  text: string,
  given: string,
  database: Scratch,
): Promise<Preparation> {
  const missing = new MissingObjects();
  let sql = text;
  for (let round = 0; round < ROUNDS; round++) {
    const setup = [...statementsOf(given), ...missing.statements()];
    const failed = await firstError([...setup, ...statementsOf(sql)], database);
    if (failed === undefined) return { setup, sql };
    const { error, text: statement } = failed;
    const renamed = withSecondTable(sql, statement, error, round);
    if (renamed !== undefined) sql = renamed;
    else if (!missing.answer(error, statement)) {
      return {
        error: `${error.message}: ${statement.trim().slice(0, 80).replaceAll(/\s+/g, ' ')}`,
      };
    }
  }
  return { error: 'it needs too many objects' };
}

const statementsOf = (sql: string): readonly string[] =>
  [...splitSql(sql)].map(({ text }) => text).filter((text) => !NOT_TRIED.test(text));

/** Some cases create one table several times: the later ones get another name. */
function withSecondTable(
  sql: string,
  statement: string,
  { code, message }: SqlError,
  round: number,
): string | undefined {
  const [, name] = /^relation "(.+)" already exists$/.exec(message) ?? [];
  if (code !== '42P07' || name === undefined) return undefined;
  const at = sql.lastIndexOf(statement);
  if (at === -1) return undefined;
  return (
    sql.slice(0, at) +
    statement.replace(name, `${name}_${round}`) +
    sql.slice(at + statement.length)
  );
}

async function firstError(
  statements: readonly string[],
  database: Scratch,
): Promise<{ readonly error: SqlError; readonly text: string } | undefined> {
  await database.run('begin');
  try {
    for (const text of statements) {
      const error = await errorOf(text, database);
      if (error !== undefined) return { error, text };
    }
    return undefined;
  } finally {
    await database.run('rollback');
  }
}

/** Statements that refuse any transaction cannot be tried, so only their table is looked up. */
async function errorOf(text: string, database: Scratch): Promise<SqlError | undefined> {
  const vacuumed =
    /^vacuum\s+(?:(?:full|freeze|verbose|analyze)\s+|\([^)]*\)\s*)*(?<table>[\w."]+)/i.exec(text)
      ?.groups?.['table'];
  const tried =
    vacuumed === undefined
      ? text.replaceAll(/\bconcurrently\b/gi, '').replace(/^(drop\s+index)\s+if\s+exists/i, '$1')
      : `select from ${vacuumed}`;
  await database.run(`savepoint ${quoteName('statement')}`);
  try {
    await database.run(tried);
    return undefined;
  } catch (error) {
    const found = sqlError(error);
    await database.run(`rollback to savepoint ${quoteName('statement')}`);
    // The statement refuses a transaction, or is refused only because all is one transaction.
    return found.code === '25001' || found.code === '55P04' ? undefined : found;
  }
}
