import { ProblemError } from '../report/problem.ts';
import type { Migration, Statement } from './migration.ts';
import { lineOfPosition } from './split-statements.ts';
import { topLevelCommands } from './top-level-commands.ts';

const transactionControl =
  /^(commit|rollback(?!\s+(?:(?:work|transaction)\s+)?to\b)|abort|begin(?!\s+atomic)|start\s+transaction|prepare\s+transaction|end)\b/i;
const copyFromClient = /^copy\b.*\bfrom\s+stdin\b/is;

/**
 * All pending files share one transaction. A COMMIT in one of them would keep
 * half of the run when a later one fails, and COPY FROM STDIN waits for ever for
 * data that nobody sends.
 */
export function refuseUnsafeStatements(migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    for (const statement of migration.statements) refuseUnsafe(migration, statement);
  }
}

function refuseUnsafe(migration: Migration, statement: Statement): void {
  // The body of an SQL function ends with END, which is no COMMIT there.
  const hasBody = /\bbegin\s+atomic\b/i.test(statement.text);
  for (const { text, position } of topLevelCommands(statement.text)) {
    const places = [{ file: migration.file, line: lineOfPosition(statement, position) }];
    const control = transactionControl.exec(text)?.[1]?.toUpperCase();
    if (control !== undefined && !(hasBody && control === 'END')) {
      throw new ProblemError({
        code: 'migrate/transaction-control',
        message: `${migration.tag} says ${control}: that would end the transaction in which all pending files run, and a failure after it would leave half of them.`,
        places,
        fix: 'remove it: migrations run in one transaction already.',
      });
    }
    if (copyFromClient.test(text)) {
      throw new ProblemError({
        code: 'migrate/copy-from-stdin',
        message: `${migration.tag} copies from STDIN, and a migration has nothing to send.`,
        places,
        fix: 'write INSERT statements (pg_dump --inserts), or load the rows outside of the migrations.',
      });
    }
  }
}
