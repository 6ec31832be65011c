import { splitSql } from './split-sql.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import { sqlError } from './statement-failure.ts';
import { transactionStep } from './transaction-step.ts';

const ADDS_VALUE = /\balter\s+type\b[^;]*\badd\s+value\b/i;
/** SQLSTATE of a new enum value that is used before the commit. */
const UNSAFE = '55P04';

/**
 * The statements that use an enum value that their own transaction has added, by their offsets.
 * Each statement is measured in its own transaction, in which Postgres accepts the value, so the
 * file also runs once as a whole, and is rolled back.
 */
export async function unsafeEnumValues(
  text: string,
  isTransaction: boolean,
  database: ScratchDatabase,
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  if (!ADDS_VALUE.test(text)) return found;
  let isOpen = isTransaction;
  await database.run('begin');
  try {
    for (const { text: statement, start } of splitSql(text)) {
      const step = transactionStep(statement);
      if (step !== undefined) {
        if (isTransaction) continue;
        // Statements after a COMMIT may use the new values.
        if (!step) break;
        isOpen = true;
        continue;
      }
      if (!isOpen) continue;
      const value = await unsafeValue(statement, database);
      if (value !== undefined) found.set(start, value);
    }
  } finally {
    await database.run('rollback');
  }
  return found;
}

async function unsafeValue(text: string, database: ScratchDatabase): Promise<string | undefined> {
  await database.run('savepoint statement');
  try {
    await database.run(text);
    return undefined;
  } catch (error) {
    const { code, message } = sqlError(error);
    await database.run('rollback to savepoint statement');
    if (code !== UNSAFE) return undefined;
    const [, value = '', type = ''] = /"([^"]*)" of enum type (.*)$/.exec(message) ?? [];
    return `${type}.${value}`;
  }
}
