import type { Schema, ServerTransaction, TableSchema } from '@rocicorp/zero';
import { rulesOf } from '../rules/expand-rule.ts';
import type { AccessRules, Claims } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';
import { claimReader } from './claim-reader.ts';
import { guardTable } from './guard-table.ts';
import type { SqlTransaction } from './sql-transaction.ts';
import { preparedQuestions } from './table-questions.ts';
import { writesInTurn, type TableWrites } from './table-writes.ts';

export interface GuardOptions<S extends Schema> {
  readonly schema: S;
  /**
   * Where the transaction runs as a role that row-level security applies to: a way
   * past it within the same transaction, for rules that look at all rows. Rows are
   * then not locked between a question and the write, which takes rights that the
   * role may not have: Postgres asks its policies again of what it really writes.
   */
  readonly allRows?: SqlTransaction;
}

/** A transaction of Zero's whose writes are guarded, for any mutator. */
export type GuardedTransaction<S extends Schema, T> = ServerTransaction<S, T> & {
  /** The transaction itself, for what no rule is to decide. */
  readonly unguarded: ServerTransaction<S, T>;
};

/**
 * A transaction that writes only what the principal may write. A mutator runs on
 * it as it would on Zero's own: each insert, upsert, update and delete is asked of
 * the row before and after, in the same transaction, and refused with
 * `AccessDenied`. An update or delete of a row that the principal cannot read does
 * nothing, as if the row were not there.
 *
 * Reads (`run`, `query`) see every row: a mutator's own code is trusted. SQL of its
 * own goes through `unguarded`.
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
        message: 'dbTransaction writes past the access rules.',
        fix: 'use tx.mutate, or tx.unguarded.dbTransaction where no rule is to decide.',
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
  const guarded = writesInTurn(Object.keys(schema.tables), (name) => {
    const table = schema.tables[name] as TableSchema;
    const sqlTable = table.serverName ?? name;
    const sqlName = (column: string): string => table.columns[column]?.serverName ?? column;
    const key = new Map(table.primaryKey.map((column) => [column, sqlName(column)]));
    return guardTable({
      rules: rulesOf(rules, sqlTable),
      questions: preparedQuestions(rules, sqlTable, [...key.values()], !allRows),
      claims: reader,
      transaction: tx.dbTransaction,
      allRows,
      // Zero types each table's writes by its columns; here any table is meant.
      writes: tx.mutate[name] as unknown as TableWrites,
      key,
      sqlName,
    });
  });
  return guarded as unknown as ServerTransaction<S, T>['mutate'];
}
