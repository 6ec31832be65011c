import type { AccessRules, Claims } from '../model/rule.ts';
import { claimReader } from './claim-reader.ts';
import { guardSqlTable } from './guard-sql-table.ts';
import type { SqlTransaction } from './sql-transaction.ts';
import { sequentialWrites, type TableWrites } from './table-writes.ts';

/** A transaction with guarded writes, by SQL table and column names. */
export interface GuardedSql<Tables extends string = string> {
  readonly mutate: Readonly<Record<Tables, TableWrites>>;
}

/**
 * Guards a plain SQL transaction as `guard` guards a Zero transaction, for code without
 * Zero: a worker, a script, an endpoint. Every statement goes through `query`, which must
 * belong to a single transaction. `allRows` works as in `GuardOptions`.
 *
 * @example
 * await database.transaction(async (tx) => {
 *   const { mutate } = guardSql(tx, rules, claims);
 *   await mutate.tags!.update({ id, name: 'parser' });
 * });
 */
export function guardSql<R extends AccessRules>(
  transaction: SqlTransaction,
  rules: R,
  claims: Claims,
  options: { readonly allRows?: SqlTransaction } = {},
): GuardedSql<keyof R['tables'] & string> {
  const { allRows } = options;
  const reader = claimReader(rules, claims);
  const mutate = sequentialWrites(Object.keys(rules.tables), (table) =>
    guardSqlTable({ transaction, rules, claims: reader, table, allRows }),
  );
  return { mutate: mutate as GuardedSql<keyof R['tables'] & string>['mutate'] };
}
