import type { Schema, ServerTransaction, TableSchema } from '@rocicorp/zero';
import { rulesOf } from '../rules/expand-rule.ts';
import type { AccessRules, Claims } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';
import { claimReader } from './claim-reader.ts';
import { guardTable } from './guard-table.ts';
import type { SqlTransaction } from './sql-transaction.ts';
import { preparedChecks } from './table-checks.ts';
import { sequentialWrites, type TableWrites } from './table-writes.ts';

export interface GuardOptions<S extends Schema> {
  readonly schema: S;
  /**
   * For a transaction that runs as a role subject to row-level security: bypasses it within
   * the same transaction, for rules that use all rows. Rows are then not locked between the
   * check and the write, because the role may lack the privileges for a lock. Postgres
   * evaluates its policies again on the written rows.
   */
  readonly allRows?: SqlTransaction;
}

/** A Zero transaction with guarded writes, for any mutator. */
export type GuardedTransaction<S extends Schema, T> = ServerTransaction<S, T> & {
  /** The unguarded transaction, for writes that bypass the rules. */
  readonly unguarded: ServerTransaction<S, T>;
};

/**
 * A transaction that writes only what the principal may write. A mutator runs on it as on a
 * Zero transaction. Each insert, upsert, update and delete is checked against the row
 * before and after, in the same transaction, and refused with `AccessDenied`. An update or
 * delete of a row that the principal cannot read does nothing, as if the row did not exist.
 *
 * Reads (`run`, `query`) see every row, because a mutator's code is trusted. Custom SQL
 * goes through `unguarded`.
 *
 * @example
 * await database.transaction(async (tx) => {
 *   const guarded = guard(tx, rules, claims, { schema });
 *   await mutators.tags.create.fn({ tx: guarded, args, ctx });
 * });
 */
export function guard<S extends Schema, T>(
  tx: ServerTransaction<S, T>,
  rules: AccessRules,
  claims: Claims,
  options: GuardOptions<S>,
): GuardedTransaction<S, T> {
  return {
    location: tx.location,
    reason: tx.reason,
    clientID: tx.clientID,
    mutationID: tx.mutationID,
    mutate: guardMutate(tx, rules, claims, options),
    run: (query, runOptions) => tx.run(query, runOptions),
    get query() {
      return tx.query;
    },
    get dbTransaction(): never {
      throw new ProblemError({
        code: 'sync/unguarded',
        message: 'dbTransaction bypasses the access rules.',
        fix: 'use tx.mutate, or tx.unguarded.dbTransaction to bypass the rules on purpose.',
      });
    },
    unguarded: tx,
  };
}

function guardMutate<S extends Schema, T>(
  tx: ServerTransaction<S, T>,
  rules: AccessRules,
  claims: Claims,
  { schema, allRows }: GuardOptions<S>,
): ServerTransaction<S, T>['mutate'] {
  const reader = claimReader(rules, claims);
  const guarded = sequentialWrites(Object.keys(schema.tables), (name) => {
    const table = schema.tables[name] as TableSchema;
    const sqlTable = table.serverName ?? name;
    const sqlName = (column: string): string => table.columns[column]?.serverName ?? column;
    const key = new Map(table.primaryKey.map((column) => [column, sqlName(column)]));
    return guardTable({
      rules: rulesOf(rules, sqlTable),
      checks: preparedChecks(rules, sqlTable, [...key.values()], !allRows),
      claims: reader,
      transaction: tx.dbTransaction,
      allRows,
      // Zero types the writes of each table by its columns; this code is generic.
      writes: tx.mutate[name] as unknown as TableWrites,
      key,
      sqlName,
    });
  });
  return guarded as unknown as ServerTransaction<S, T>['mutate'];
}
