import { quoteName } from '../../model/quote-sql.ts';
import type { Finding } from '../../report/problem.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import { lineNaming, readCutNames, type CutName, type CutNames } from './cut-names.ts';
import { createdObjects } from './created-objects.ts';
import { ObjectPlaces } from './object-places.ts';
import { splitSql, type SqlOffset, type SqlStatement } from './split-sql.ts';
import {
  consequence,
  failure,
  isSyntaxError,
  missingExtension,
  missingRole,
  nextBeginning,
  sqlError,
  type SqlError,
  type Unjudged,
} from './statement-failure.ts';
import { createdExtension, statementKind } from './statement-kind.ts';

export interface SqlFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** The result of running SQL files in an empty database. */
export interface SqlRun {
  readonly places: ObjectPlaces;
  /** Statements that Postgres refuses. */
  readonly failures: readonly Finding[];
  readonly notJudged: readonly Unjudged[];
  readonly cutNames: CutNames;
  /** The number of statements that took effect. */
  readonly succeeded: number;
}

/**
 * The number of statements per transaction. A larger batch saves little time, and more has to be
 * run again after an error.
 */
const CHUNK = 100;
/** Deletes all rows. */
const EMPTY_TABLES = `do $$ begin
  execute (select coalesce('truncate ' || string_agg(rel.oid::regclass::text, ', ') || ' cascade', 'select 1')
    from pg_class rel join pg_namespace space on space.oid = relnamespace
    where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema');
end $$`;
/** A longer statement is not a definition. */
const LONGEST = 5_000_000;

/**
 * Runs SQL files in an empty database, one after the other. Rows are skipped. A failed statement is
 * reported, and the others still run.
 *
 * @param unavailable extensions that the files create and the database does not have.
 */
export async function runSql(
  files: readonly SqlFile[],
  database: ScratchDatabase,
  unavailable: readonly string[] = [],
): Promise<SqlRun> {
  const run = new Run(database, unavailable);
  for (const file of files) await run.file(file);
  return run;
}

class Run implements SqlRun {
  readonly places = new ObjectPlaces();
  readonly failures: Finding[] = [];
  readonly notJudged: Unjudged[] = [];
  readonly cutNames = new Map<string, CutName>();
  succeeded = 0;
  readonly #database: ScratchDatabase;
  readonly #unavailable: readonly string[];
  /** The names of objects that do not exist because their statements failed. */
  readonly #lost = new Set<string>();
  #chunk: SqlStatement[] = [];

  constructor(database: ScratchDatabase, unavailable: readonly string[]) {
    this.#database = database;
    this.#unavailable = unavailable;
  }

  async file({ file, text }: SqlFile): Promise<void> {
    let from: SqlOffset | undefined = { start: 0, line: 1 };
    while (from !== undefined) from = await this.#runFrom(file, text, from);
  }

  /** Returns the offset to continue at if a syntax error hides the start of a statement. */
  async #runFrom(file: string, text: string, from: SqlOffset): Promise<SqlOffset | undefined> {
    for (const statement of splitSql(text, from)) {
      const kind = statementKind(statement.text);
      if (kind === 'skipped' || this.#isUnavailable(file, statement)) continue;
      const isAlone = kind === 'alone' || statement.unclosed === true;
      const before = isAlone ? await this.#flush(file) : undefined;
      if (before !== undefined) return before;
      this.#chunk.push(statement);
      const restart = isAlone || this.#chunk.length >= CHUNK ? await this.#flush(file) : undefined;
      if (restart !== undefined) return restart;
    }
    return this.#flush(file);
  }

  #isUnavailable(file: string, statement: SqlStatement): boolean {
    const { text } = statement;
    const name = createdExtension(text);
    if (name === undefined || !this.#unavailable.includes(name)) {
      return this.#unavailable.some((one) =>
        new RegExp(String.raw`^comment\s+on\s+extension\s+"?${one}\b`, 'i').test(text),
      );
    }
    this.notJudged.push(missingExtension(name, file, statement));
    return true;
  }

  async #flush(file: string): Promise<SqlOffset | undefined> {
    const chunk = this.#chunk;
    this.#chunk = [];
    if (chunk.length > 1 && (await this.#tryAll(file, chunk))) {
      for (const statement of chunk) this.#succeed(file, statement);
      return undefined;
    }
    for (const statement of chunk) {
      const error = await this.#tryOne(file, statement);
      if (error === undefined) this.#succeed(file, statement);
      else {
        this.#fail(file, statement, error);
        const restart = isSyntaxError(error) ? nextBeginning(statement) : undefined;
        if (restart !== undefined) return restart;
      }
    }
    return undefined;
  }

  #succeed(file: string, statement: SqlStatement): void {
    this.succeeded += 1;
    this.places.add(file, statement);
  }

  #fail(file: string, statement: SqlStatement, error: SqlError): void {
    const refused = { file, statement, error };
    const reason = consequence(refused, this.#lost, this.#unavailable);
    if (reason === undefined) this.failures.push(failure(refused));
    else this.notJudged.push(reason);
    for (const { schema, name, within } of createdObjects(statement.text)) {
      if (within !== undefined) continue;
      const isPublic = schema === undefined || schema === 'public';
      this.#lost.add(isPublic ? name : `${schema}.${name}`);
    }
  }

  /** Several commands in one message are one transaction: all take effect, or none. */
  async #tryAll(file: string, chunk: readonly SqlStatement[]): Promise<boolean> {
    try {
      this.#listen(
        file,
        chunk,
        await this.#database.run(chunk.map(({ text }) => text).join('\n;\n')),
      );
      return true;
    } catch (error) {
      sqlError(error);
      return false;
    }
  }

  #listen(file: string, ran: readonly SqlStatement[], notices: readonly string[]): void {
    for (const [name, { written }] of readCutNames(notices)) {
      const line = ran.map((statement) => lineNaming(written, statement)).find((one) => one);
      this.cutNames.set(name, { written, ...(line && { at: { file, line } }) });
    }
  }

  /**
   * Creates the roles that the statement names, because dumps do not contain them. Constraints are
   * not checked for rows that a DO block inserted, because a skipped UPDATE might have corrected
   * them.
   */
  async #tryOne(file: string, statement: SqlStatement): Promise<SqlError | undefined> {
    const { text } = statement;
    if (text.length > LONGEST) return { code: '54000', message: 'it is longer than 5 MB' };
    const created = new Set<string>();
    let isEmpty = false;
    while (true) {
      try {
        this.#listen(file, [statement], await this.#database.run(text));
        return undefined;
      } catch (error) {
        const found = sqlError(error);
        if (found.code.startsWith('23') && !isEmpty) {
          isEmpty = true;
          await this.#database.run(EMPTY_TABLES);
          continue;
        }
        const role = missingRole(found);
        if (role === undefined || created.has(role)) return found;
        created.add(role);
        await this.#database.run(`create role ${quoteName(role)} nologin`);
      }
    }
  }
}
