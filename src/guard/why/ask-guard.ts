import { sql } from 'drizzle-orm';
import { AccessDenied } from '../access-denied.ts';
import { guardVerdict, type AttemptedWrite, type GuardVerdict } from '../guard-verdict.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { rowsOf } from '../../postgres/rows-of.ts';
import type { Operation } from '../../model/rule.ts';
import { changeableColumn, deleteSql, insertSql, updateSql, type AskedRow } from './asked-row.ts';
import { withParameters } from './with-parameters.ts';
import { rolledBack } from './rolled-back.ts';
import { failureVerdict, type Verdict } from './verdict.ts';

/**
 * Runs the operation through the guard and undoes it. It runs as the login role, which bypasses the
 * policies. For an insert, the row must not exist.
 */
export async function askGuard(
  db: AnyDatabase,
  asked: AskedRow,
  operation: Operation,
): Promise<Verdict> {
  const column = changeableColumn(asked);
  if (operation === 'update' && column === undefined)
    return { because: 'no column can be changed' };
  const row = operation === 'update' ? { ...asked.key, [column ?? '']: '' } : asked.key;
  const answer = await rolledBack(db, (tx) =>
    guardVerdict({
      transaction: {
        query: (text, params) => rowsOf<Record<string, unknown>>(tx, withParameters(text, params)),
      },
      rules: asked.access.rules,
      claims: asked.claims,
      table: asked.table.id,
      // Before a delete, the guard checks that the row is readable.
      operation: operation === 'read' ? 'delete' : operation,
      row,
      writes: writesOf(tx, asked),
    }),
  ).catch(failureVerdict);
  if (answer === 'hidden') return { allows: false, because: 'the rule read hides the row' };
  const verdict = toVerdict(answer);
  // The guard found the row readable before anything else decided.
  return operation === 'read' && verdict.allows !== undefined ? readable : verdict;
}

const readable: Verdict = { allows: true, because: 'the rule read allows it' };

function toVerdict(answer: Exclude<GuardVerdict, 'hidden'> | Verdict): Verdict {
  if (answer === 'written') return { allows: true, because: 'no rule refuses it' };
  return answer instanceof AccessDenied
    ? { allows: false, because: `the rule ${answer.rule} refuses it` }
    : answer;
}

/** Writes this exact row. */
function writesOf(tx: AnyDatabase, asked: AskedRow): AttemptedWrite['writes'] {
  const run = async (statement: string | undefined): Promise<void> => {
    await tx.execute(sql.raw(statement ?? ''));
  };
  return {
    insert: () => run(insertSql(asked, false)),
    update: () => run(updateSql(asked)),
    delete: () => run(deleteSql(asked)),
  };
}
