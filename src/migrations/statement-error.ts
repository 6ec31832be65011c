import { ProblemError } from '../report/problem.ts';
import { fixBlocked, showBlocker, type Blocker } from '../postgres/blocker.ts';
import type { DatabaseError } from '../postgres/database-error.ts';
import { recordByHand } from './history.ts';
import type { Migration, Statement } from './migration.ts';
import { lineOfPosition } from './split-statements.ts';

/** A statement of a file, and what became of it. */
export interface FailedStatement {
  readonly migration: Migration;
  readonly statement: Statement;
  readonly error: DatabaseError;
  /** Who held a lock that it waited for. */
  readonly blockers: readonly Blocker[];
}

const shownLines = 12;
const shownCharacters = 600;

/** The problem of a statement that failed. The transaction is gone by then, with all it did. */
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
        ? `${migration.tag} waited too long for a lock that somebody else holds (${error.message}). Nothing was changed: everything of this run was rolled back.`
        : `${migration.tag} failed: ${said} (${error.code}). Nothing was changed: everything of this run was rolled back.`,
      places: [place],
      context: [shorten(statement.text), ...blockers.map(showBlocker)],
      fix: locked ? fixBlocked(blockers) : fixOf(error.code, migration),
    },
    { cause },
  );
}

function fixOf(code: string, migration: Migration): string {
  switch (code) {
    case '42P07': // table, index, view or sequence
    case '42P06': // schema
    case '42701': // column
    case '42710': // type, policy, role, trigger, constraint
    case '42723': // function
      return `it exists, though no row records this file: it was made by hand, by drizzle-kit push, or by another project. Remove it; or, if all of the file is in the database, record the file and run this again:\n${recordByHand(migration)}`;
    case '42501':
      return 'run this as the owner of the database, or let the owner grant what the message names.';
    case '25001':
      return 'that cannot run inside a transaction: leave out CONCURRENTLY, or run it by hand outside of the migrations.';
    case '55P04':
      return 'a new enum value can be used only after it is committed: apply the file that adds it first, and use it in a later run.';
    case '57014':
      return 'the server stopped it, mostly for its statement_timeout: raise that for this role, then run this again.';
    case '40P01':
    case '40001':
      return 'it collided with another transaction: run this again.';
    default:
      return 'correct the file, which this database has not applied, or the rows that it trips over; then run this again.';
  }
}

function shorten(text: string): string {
  const lines = text.split(/\r?\n/);
  const head = lines.slice(0, shownLines).join('\n');
  const short = head.slice(0, shownCharacters);
  return short.length < text.length ? `${short} …` : short;
}
