import type { TableRules } from '../model/rule.ts';
import { qualifiedName, splitTableId } from '../model/table-id.ts';
import { ProblemError } from '../report/problem.ts';
import { AccessDenied, type Refusal, type WriteOperation } from './access-denied.ts';
import type { ClaimReader } from './claim-reader.ts';
import { databaseFailure, isPolicyRefusal } from './database-failure.ts';
import type { RowCheck } from './row-check.ts';
import { firstRow, type SqlRow, type SqlTransaction } from './sql-transaction.ts';
import { claimText, holdsValue, valueText } from './sql-value.ts';
import type { TableChecks } from './table-checks.ts';
import type { TableWrites, Values } from './table-writes.ts';

/** The inputs to guard the writes of one table in one transaction. */
export interface TableGuard {
  readonly rules: TableRules;
  readonly checks: TableChecks;
  readonly claims: ClaimReader;
  readonly transaction: SqlTransaction;
  /** The same transaction without row-level security; see `GuardOptions`. */
  readonly allRows: SqlTransaction | undefined;
  /** The unguarded writes. */
  readonly writes: Pick<TableWrites, 'insert' | 'update' | 'delete'>;
  /** The key columns: the writer's name of each, with its SQL name. */
  readonly key: ReadonlyMap<string, string>;
  /** A column's name in SQL. */
  sqlName(name: string): string;
}

/** Wraps the writes, and refuses or skips each as the rules require. */
export function guardTable(guard: TableGuard): TableWrites {
  return {
    insert: async (row) => insert(guard, reachable(guard, row, 'insert'), 'insert'),
    upsert: async (row) => upsert(guard, reachable(guard, row, 'upsert')),
    update: async (row) => update(guard, reachable(guard, row, 'update')),
    delete: (row) => remove(guard, definedValues(row)),
  };
}

/** The defined values of a row. Throws if one of them is in a server-only column. */
function reachable(guard: TableGuard, row: Values, operation: WriteOperation): Values {
  const values = definedValues(row);
  const hidden = Object.keys(values)
    .map((name) => guard.sqlName(name))
    .find((column) => guard.rules.serverOnly?.includes(column));
  if (hidden !== undefined) throw denied(guard, operation, 'serverOnly', hidden);
  return values;
}

async function insert(guard: TableGuard, row: Values, operation: WriteOperation): Promise<void> {
  const { checks, writes } = guard;
  if (checks.insert === 'never') throw denied(guard, operation, 'insert');
  // The policies refuse such a row only if it is not readable.
  if (checks.insert === 'always') return refusable(guard, operation, 'read', writes.insert(row));
  // An insert leaves an existing row unchanged, even one that the principal cannot see.
  if (operation === 'insert' && (await runCheck(guard, checks.beforeInsert, row))) return;
  await refusable(guard, operation, await decidingRule(guard, row), writes.insert(row));
  const after = await runCheck(guard, checks.afterInsert, row);
  if (!after && guard.allRows) return;
  if (after?.['insert'] !== true) await refuseWritten(guard, operation, 'insert');
}

/**
 * Finds the rule by which the policies refuse a new row. They also check `read`, because
 * the insert has ON CONFLICT. Postgres does not name the rule, and its transaction is
 * aborted after the error.
 */
async function decidingRule(guard: TableGuard, row: Values): Promise<'insert' | 'read'> {
  const { newRow } = guard.checks;
  if (!newRow || !guard.allRows) return 'insert';
  const answer = await runCheck(guard, newRow, row);
  return answer?.['insert'] === true ? 'read' : 'insert';
}

async function update(guard: TableGuard, row: Values): Promise<void> {
  if (Object.keys(row).every((name) => guard.key.has(name))) return;
  const before = await runCheck(guard, guard.checks.beforeUpdate, row);
  // Treated as a missing row, so that the result does not reveal rows that are not
  // readable.
  if (before?.['read'] !== true) return;
  await change(guard, row, before, 'update');
}

async function upsert(guard: TableGuard, row: Values): Promise<void> {
  const before = await runCheck(guard, guard.checks.beforeUpdate, row);
  if (!before) return insert(guard, row, 'upsert');
  // The row can neither be written nor skipped silently, because the caller expects it to
  // exist afterwards.
  if (before['read'] !== true) throw denied(guard, 'upsert', 'read');
  await change(guard, row, before, 'upsert');
}

async function change(
  guard: TableGuard,
  row: Values,
  before: SqlRow,
  operation: 'update' | 'upsert',
): Promise<void> {
  if (before['from'] !== true) throw denied(guard, operation, 'update.from');
  const changes = withoutFixed(guard, row, before, operation);
  if (Object.keys(changes).every((name) => guard.key.has(name))) return;
  await refusable(guard, operation, 'update.to', guard.writes.update(changes));
  const after = await runCheck(guard, guard.checks.afterUpdate, row, before);
  if (!after && guard.allRows) return;
  for (const [at, column] of guard.checks.fixed.entries()) {
    if (before[`c${at}`] === after?.[`c${at}`]) continue;
    await refuseWritten(guard, operation, 'immutable', column);
  }
  if (after?.['to'] !== true) await refuseWritten(guard, operation, 'update.to');
  if (after?.['read'] !== true) await refuseWritten(guard, operation, 'read');
}

/**
 * The changes without immutable columns that keep their value. The statement does not name
 * these, because the database may refuse even that. If the values cannot be compared here,
 * they are compared after the write.
 */
function withoutFixed(
  guard: TableGuard,
  row: Values,
  before: SqlRow,
  operation: 'update' | 'upsert',
): Values {
  const { fixed } = guard.checks;
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => {
      const column = guard.sqlName(name);
      const at = fixed.indexOf(column);
      const type = guard.rules.columns[column];
      if (at < 0 || !type) return true;
      if (holdsValue(before[`c${at}`], value, type)) return false;
      throw denied(guard, operation, 'immutable', column);
    }),
  );
}

async function remove(guard: TableGuard, row: Values): Promise<void> {
  const before = await runCheck(guard, guard.checks.beforeDelete, row);
  if (before?.['read'] !== true) return;
  if (before['delete'] !== true) throw denied(guard, 'delete', 'delete');
  await guard.writes.delete(row);
}

/**
 * Policies check a new row before the guard does; their refusal is reported like the
 * guard's own.
 */
async function refusable(
  guard: TableGuard,
  operation: WriteOperation,
  rule: Refusal,
  written: Promise<void>,
): Promise<void> {
  try {
    await written;
  } catch (error) {
    const failure = databaseFailure(error);
    throw failure && isPolicyRefusal(failure) ? denied(guard, operation, rule) : error;
  }
}

const denied = (
  guard: TableGuard,
  operation: WriteOperation,
  rule: Refusal,
  column?: string,
): AccessDenied => new AccessDenied(guard.rules.table, operation, rule, column);

/** Refuses a row that is already written, and makes sure that the write is rolled back. */
async function refuseWritten(
  guard: TableGuard,
  operation: WriteOperation,
  rule: Refusal,
  column?: string,
): Promise<never> {
  const error = denied(guard, operation, rule, column);
  // A mutator may catch the error and continue; the transaction must not be able to commit.
  await guard.transaction
    .query("do $$ begin raise 'refused by an access rule' using errcode = '42501'; end $$", [])
    .then(
      () => undefined,
      () => undefined,
    );
  throw error;
}

const definedValues = (row: Values): Values =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

function runCheck(
  guard: TableGuard,
  check: RowCheck,
  row: Values,
  before?: SqlRow,
): Promise<SqlRow | undefined> {
  const values = new Map(Object.entries(row).map(([name, value]) => [guard.sqlName(name), value]));
  for (const [name, column] of guard.key) {
    if (row[name] === undefined || row[name] === null) throw withoutKey(guard, column);
  }
  const parameters = check.parameters.map((parameter) => {
    switch (parameter.of) {
      case 'key':
      case 'value': {
        const type = guard.rules.columns[parameter.column];
        const value = values.get(parameter.column);
        return type ? valueText(value, type) : value;
      }
      case 'presence':
        return (values.get(parameter.column) ?? null) === null ? null : 'present';
      case 'claim':
        return claimText(guard.claims(parameter.claim), parameter.list);
      case 'before':
        return before?.['row'];
    }
  });
  const transaction = (check.needsAllRows ? guard.allRows : undefined) ?? guard.transaction;
  return firstRow(transaction, check.sql, parameters);
}

const withoutKey = (guard: TableGuard, column: string): ProblemError =>
  new ProblemError({
    code: 'sync/no-key',
    message: `a write to ${guard.rules.table} does not identify a row.`,
    object: qualifiedName(splitTableId(guard.rules.table), column),
    fix: 'pass the whole key.',
  });
