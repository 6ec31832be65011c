import { rulesOf } from '../rules/expand-rule.ts';
import type { AccessRules } from '../model/rule.ts';
import type { ClaimReader } from './claim-reader.ts';
import { guardTable, type TableGuard } from './guard-table.ts';
import type { SqlTransaction } from './sql-transaction.ts';
import { sqlWrites } from './sql-writes.ts';
import { preparedChecks } from './table-checks.ts';
import type { TableWrites } from './table-writes.ts';

/** The inputs to guard the writes of a table in a plain SQL transaction. */
export interface SqlTableGuard {
  readonly transaction: SqlTransaction;
  readonly rules: AccessRules;
  readonly claims: ClaimReader;
  readonly table: string;
  /** See `GuardOptions`. */
  readonly allRows?: SqlTransaction | undefined;
  /** The unguarded writes; plain SQL statements by default. */
  readonly writes?: TableGuard['writes'] | undefined;
}

/** The guarded writes of a table, by SQL column names. */
export function guardSqlTable(guard: SqlTableGuard): TableWrites {
  const { transaction, rules, claims, table, allRows } = guard;
  const tableRules = rulesOf(rules, table);
  return guardTable({
    rules: tableRules,
    checks: preparedChecks(rules, table, tableRules.key, !allRows),
    claims,
    transaction,
    allRows,
    writes: guard.writes ?? sqlWrites(transaction, tableRules),
    key: new Map(tableRules.key.map((column) => [column, column])),
    sqlName: (column) => column,
  });
}
