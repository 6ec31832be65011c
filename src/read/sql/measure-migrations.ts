import { quoteName } from '../../model/quote-sql.ts';
import type { MeasuredStatement } from '../../model/measured-statement.ts';
import type { Finding } from '../../report/problem.ts';
import { createdObjects } from './created-objects.ts';
import { findLostIndexes, type RanStatement } from './find-lost-indexes.ts';
import { StatementMeter, type Measured } from './measure-statement.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import type { SqlFile } from './run-sql.ts';
import { splitSql, type SqlOffset, type SqlStatement } from './split-sql.ts';
import {
  consequence,
  failure,
  isSyntaxError,
  missingExtension,
  missingRole,
  nextBeginning,
  sqlError,
  type Refused,
  type Unjudged,
} from './statement-failure.ts';
import { createdExtension } from './statement-kind.ts';
import { transactionStep } from './transaction-step.ts';
import { unsafeEnumValues } from './unsafe-enum-values.ts';

export interface MeasuringOptions {
  readonly migrator: MeasuredStatement['migrator'];
  /** Extensions that the files create and the database does not have. */
  readonly unavailable: readonly string[];
}

/** What the statements of migrations do, in order. */
export interface MeasuredMigrations {
  readonly statements: readonly MeasuredStatement[];
  readonly failures: readonly Finding[];
  readonly notJudged: readonly Unjudged[];
  /** The number of tables in the end. */
  readonly tables: number;
}

/**
 * Skipped statements: rows, and transaction statements, because each statement is measured in its
 * own transaction.
 */
const SKIPPED =
  /^(?:begin|start\s+transaction|commit|end|rollback|abort|savepoint|release|copy\b.*\bfrom\s+stdin)\b/is;

/** Runs migrations in an empty database, and measures each statement. */
export async function measureMigrations(
  files: readonly SqlFile[],
  database: ScratchDatabase,
  { migrator, unavailable }: MeasuringOptions,
): Promise<MeasuredMigrations> {
  const meter = new StatementMeter(database);
  const statements: MeasuredStatement[] = [];
  let ran: RanStatement[] = [];
  const failures: Finding[] = [];
  const notJudged: Unjudged[] = [];
  const lost = new Set<string>();
  /** Whether the current statement runs in one transaction with others. */
  let isOpen = false;
  let unsafe: ReadonlyMap<number, string> = new Map();
  const refuse = (refused: Refused): void => {
    const reason = consequence(refused, lost, unavailable);
    if (reason === undefined) failures.push(failure(refused));
    else notJudged.push(reason);
    for (const { name } of createdObjects(refused.statement.text)) lost.add(name);
  };
  /** Returns the offset to continue at if a syntax error hides the start of a statement. */
  const measureFrom = async (
    file: string,
    text: string,
    from: SqlOffset,
  ): Promise<SqlOffset | undefined> => {
    for (const statement of splitSql(text, from)) {
      const opens = transactionStep(statement.text);
      if (opens !== undefined && migrator === 'unknown') {
        isOpen = opens;
        meter.endTransaction();
      }
      if (SKIPPED.test(statement.text)) continue;
      const extension = createdExtension(statement.text);
      if (extension !== undefined && unavailable.includes(extension)) {
        notJudged.push(missingExtension(extension, file, statement));
        continue;
      }
      const measured = await measure(meter, database, statement, isOpen);
      if (!('error' in measured)) {
        const unsafeEnumValue = unsafe.get(statement.start);
        ran.push({
          ...measured,
          file,
          line: statement.line,
          migrator,
          ...(unsafeEnumValue !== undefined && { unsafeEnumValue }),
        });
        continue;
      }
      const { error } = measured;
      refuse({ file, statement, error });
      const next = isSyntaxError(error) ? nextBeginning(statement) : undefined;
      if (next !== undefined) return next;
    }
    return undefined;
  };
  for (const { file, text } of files) {
    // Each file may run in a separate session.
    if (migrator === 'unknown') await database.run('reset lock_timeout; reset statement_timeout');
    await meter.beginFile();
    isOpen = migrator === 'drizzle';
    unsafe = await unsafeEnumValues(text, isOpen, database);
    const old = meter.relations;
    ran = [];
    let from: SqlOffset | undefined = { start: 0, line: 1 };
    while (from !== undefined) from = await measureFrom(file, text, from);
    statements.push(...ran.map((one) => findLostIndexes(one, old, meter.relations)));
  }
  return { statements, failures, notJudged, tables: meter.tables };
}

/** Creates the roles that a statement names, because migrations rarely create them. */
async function measure(
  meter: StatementMeter,
  database: ScratchDatabase,
  { text }: SqlStatement,
  inTransaction: boolean,
): Promise<Measured | Pick<Refused, 'error'>> {
  const created = new Set<string>();
  while (true) {
    try {
      return await meter.measure(text, inTransaction);
    } catch (caught) {
      const error = sqlError(caught);
      const role = missingRole(error);
      if (role === undefined || created.has(role)) return { error };
      created.add(role);
      await database.run(`create role ${quoteName(role)} nologin`);
    }
  }
}
