import { rulesOf } from '../rules/expand-rule.ts';
import type { Claims, Operation } from '../model/rule.ts';
import { AccessDenied } from './access-denied.ts';
import { claimReader } from './claim-reader.ts';
import { guardSqlTable, type SqlTableGuard } from './guard-sql-table.ts';
import { sqlWrites } from './sql-writes.ts';
import type { Values } from './table-writes.ts';

/** A write of one row, by a principal. */
export interface AttemptedWrite extends Pick<
  SqlTableGuard,
  'transaction' | 'rules' | 'table' | 'writes'
> {
  readonly claims: Claims;
  readonly operation: Exclude<Operation, 'read'>;
  /** The new row, the key with the changed columns, or the key. */
  readonly row: Values;
}

/** `hidden`: the guard skips the write without an error, because the row is not readable. */
export type GuardVerdict = 'written' | 'hidden' | AccessDenied;

/**
 * Attempts a write through the guard and returns the guard's decision. The caller must roll the
 * write back. Throws the errors of the database.
 */
export async function guardVerdict(attempt: AttemptedWrite): Promise<GuardVerdict> {
  const { transaction, rules, claims, table, operation, row } = attempt;
  const writes = attempt.writes ?? sqlWrites(transaction, rulesOf(rules, table));
  let written = false;
  const record =
    (write: (values: Values) => Promise<void>) =>
    (values: Values): Promise<void> => {
      written = true;
      return write(values);
    };
  const guarded = guardSqlTable({
    transaction,
    rules,
    claims: claimReader(rules, claims),
    table,
    writes: {
      insert: record(writes.insert),
      update: record(writes.update),
      delete: record(writes.delete),
    },
  });
  try {
    await guarded[operation](row);
    return written ? 'written' : 'hidden';
  } catch (error) {
    if (error instanceof AccessDenied) return error;
    throw error;
  }
}
