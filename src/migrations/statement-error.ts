import { ProblemError } from '../report/problem.ts';
import { fixBlocked, showBlocker, type Blocker } from '../postgres/blocker.ts';
import type { DatabaseError } from '../postgres/database-error.ts';
import { recordByHand } from './history.ts';
import { missingExtension } from './missing-extension.ts';
import type { Migration, Statement } from './migration.ts';
import { lineOfPosition } from './split-statements.ts';

/** A failed statement with its error. */
export interface FailedStatement {
  readonly migration: Migration;
  readonly statement: Statement;
  readonly error: DatabaseError;
  /** Connections that held a lock that the statement waited for. */
  readonly blockers: readonly Blocker[];
}

const shownLines = 12;
const shownCharacters = 600;

/** The problem of a failed statement. The transaction has been rolled back at this point. */
export function statementError(failed: FailedStatement, cause: unknown): ProblemError {
  const { migration, statement, error, blockers } = failed;
  const number = migration.statements.indexOf(statement) + 1;
  const place = {
    file: migration.file,
    line: lineOfPosition(statement, error.position),
    name: `statement ${number} of ${migration.statements.length}`,
  };
  const locked = error.code === '55P03';
  const said = [
    error.message,
    error.detail === undefined ? '' : ` Detail: ${error.detail}`,
    error.hint === undefined ? '' : ` Hint: ${error.hint}`,
  ].join('');
  return new ProblemError(
    {
      code: locked ? 'migrate/blocked' : 'migrate/statement',
      message: locked
        ? `${migration.tag} waited too long for a lock of another session (${error.message}). Nothing was changed: the run was rolled back.`
        : `${migration.tag} failed: ${said} (${error.code}). Nothing was changed: the run was rolled back.`,
      places: [place],
      context: [shorten(statement.text), ...blockers.map(showBlocker)],
      fix: locked ? fixBlocked(blockers) : fixOf(error, migration),
    },
    { cause },
  );
}

function fixOf(error: DatabaseError, migration: Migration): string {
  const { code, message } = error;
  const extension = missingExtension(error);
  if (extension !== undefined) {
    return `put CREATE EXTENSION IF NOT EXISTS "${extension}" before it; \`garden generate\` does so if the schema exports extension('${extension}') of @techgarden/schema/kit.`;
  }
  if (/^extension ".*" is not available$/.test(message)) {
    return 'install the extension on the server. A PGlite has only the extensions of its option `extensions`, for example PGlite.create({ extensions: { pg_trgm } }) with pg_trgm of @electric-sql/pglite/contrib/pg_trgm.';
  }
  switch (code) {
    case '42P07': // table, index, view or sequence
    case '42P06': // schema
    case '42701': // column
    case '42710': // type, policy, role, trigger, constraint
    case '42723': // function
      return `the object exists, but no row records this file: it was created by hand, by drizzle-kit push, or by another project. Drop the object; or, if the database has all changes of the file, record the file and run this again:\n${recordByHand(migration)}`;
    case '42501':
      return 'run this as the owner of the database, or have the owner grant the missing privilege.';
    case '25001':
      return 'the statement cannot run inside a transaction: omit CONCURRENTLY, or run it by hand outside the migrations.';
    case '55P04':
      return 'a new enum value can only be used after it is committed: first apply the migration that adds it, and use it in a later run.';
    case '57014':
      return 'the server cancelled the statement, usually because of statement_timeout: raise the timeout for this role, then run this again.';
    case '40P01':
    case '40001':
      return 'the statement conflicted with another transaction: run this again.';
    default:
      return 'correct the file, which is not applied to this database, or the rows that cause the error; then run this again.';
  }
}

function shorten(text: string): string {
  const lines = text.split(/\r?\n/);
  const head = lines.slice(0, shownLines).join('\n');
  const short = head.slice(0, shownCharacters);
  return short.length < text.length ? `${short} …` : short;
}
