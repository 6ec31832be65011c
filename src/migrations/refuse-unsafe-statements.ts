import { ProblemError } from '../report/problem.ts';
import type { Migration, Statement } from './migration.ts';
import { lineOfPosition } from './split-statements.ts';
import { topLevelCommands } from './top-level-commands.ts';

const transactionControl =
  /^(commit|rollback(?!\s+(?:(?:work|transaction)\s+)?to\b)|abort|begin(?!\s+atomic)|start\s+transaction|prepare\s+transaction|end)\b/i;
const copyFromClient = /^copy\b.*\bfrom\s+stdin\b/is;

/**
 * Refuses statements that break the single transaction of all pending migrations. After
 * a COMMIT in a file, a later failure would leave half of the run applied. COPY FROM
 * STDIN would wait forever for data.
 */
export function refuseUnsafeStatements(migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    for (const statement of migration.statements) refuseUnsafe(migration, statement);
  }
}

function refuseUnsafe(migration: Migration, statement: Statement): void {
  // The END of an SQL function body is not a COMMIT.
  const hasBody = /\bbegin\s+atomic\b/i.test(statement.text);
  for (const { text, position } of topLevelCommands(statement.text)) {
    const places = [{ file: migration.file, line: lineOfPosition(statement, position) }];
    const control = transactionControl.exec(text)?.[1]?.toUpperCase();
    if (control !== undefined && !(hasBody && control === 'END')) {
      throw new ProblemError({
        code: 'migrate/transaction-control',
        message: `${migration.tag} contains ${control}. It would end the transaction of all pending migrations, and a later failure would leave only some of them applied.`,
        places,
        fix: 'remove it: migrations already run in a transaction.',
      });
    }
    if (copyFromClient.test(text)) {
      throw new ProblemError({
        code: 'migrate/copy-from-stdin',
        message: `${migration.tag} contains COPY FROM STDIN, but a migration cannot send data.`,
        places,
        fix: 'use INSERT statements (pg_dump --inserts), or load the rows outside the migrations.',
      });
    }
  }
}
