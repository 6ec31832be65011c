import { sql } from 'drizzle-orm';
import { AccessDenied } from '../access-denied.ts';
import { claimReader } from '../claim-reader.ts';
import { guardTable } from '../guard-table.ts';
import type { SqlTransaction } from '../sql-transaction.ts';
import { preparedChecks } from '../table-checks.ts';
import type { TableWrites } from '../table-writes.ts';
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
  let written = false;
  try {
    await rolledBack(db, async (tx) => {
      const run = async (statement: string | undefined): Promise<void> => {
        written = true;
        await tx.execute(sql.raw(statement ?? ''));
      };
      const table = guardedTable(tx, asked, {
        insert: () => run(insertSql(asked, false)),
        update: () => run(updateSql(asked)),
        delete: () => run(deleteSql(asked)),
      });
      const row = column === undefined ? asked.key : { ...asked.key, [column]: '' };
      if (operation === 'insert') return table.insert(asked.key);
      return operation === 'update' ? table.update(row) : table.delete(asked.key);
    });
  } catch (error) {
    const verdict: Verdict =
      error instanceof AccessDenied
        ? { allows: false, because: `the rule ${error.rule} refuses it` }
        : failureVerdict(error);
    // By the time a delete reaches its own rule or the database, the guard has found the row
    // readable.
    return operation === 'read' && verdict.allows !== undefined ? readable : verdict;
  }
  if (!written) return { allows: false, because: 'the rule read hides the row' };
  return operation === 'read' ? readable : { allows: true, because: 'no rule refuses it' };
}

const readable: Verdict = { allows: true, because: 'the rule read allows it' };

/** The guard of `guardSql`, for writes of exactly this row. */
function guardedTable(
  tx: AnyDatabase,
  { rules, access, claims, table }: AskedRow,
  writes: Pick<TableWrites, 'insert' | 'update' | 'delete'>,
): TableWrites {
  return guardTable({
    rules,
    checks: preparedChecks(access.rules, table.id, rules.key, false),
    claims: claimReader(access.rules, claims),
    transaction: sqlTransaction(tx),
    allRows: undefined,
    writes,
    key: new Map(rules.key.map((column) => [column, column])),
    sqlName: (column) => column,
  });
}

const sqlTransaction = (tx: AnyDatabase): SqlTransaction => ({
  query: (text, params) => rowsOf<Record<string, unknown>>(tx, withParameters(text, params)),
});
