import type { TableRules } from '../model/rule.ts';
import { qualifiedName, splitTableId } from '../model/table-id.ts';
import { ProblemError } from '../report/problem.ts';
import { AccessDenied, type Refusal, type WriteOperation } from './access-denied.ts';
import type { ClaimReader } from './claim-reader.ts';
import { databaseFailure, isPolicyRefusal } from './database-failure.ts';
import type { RowQuestion } from './row-question.ts';
import { firstRow, type SqlRow, type SqlTransaction } from './sql-transaction.ts';
import { claimText, holdsValue, valueText } from './sql-value.ts';
import type { TableQuestions } from './table-questions.ts';
import type { TableWrites, Values } from './table-writes.ts';

/** What guards the writes of one table in one transaction. */
export interface TableGuard {
  readonly rules: TableRules;
  readonly questions: TableQuestions;
  readonly claims: ClaimReader;
  readonly transaction: SqlTransaction;
  /** The same transaction past row-level security, where that is in force; see `GuardOptions`. */
  readonly allRows: SqlTransaction | undefined;
  /** Where the writes go. */
  readonly writes: Pick<TableWrites, 'insert' | 'update' | 'delete'>;
  /** The key, under the writer's names, with the names in SQL. */
  readonly key: ReadonlyMap<string, string>;
  /** A column's name in SQL. */
  sqlName(name: string): string;
}

/** The same writes, each refused or left out where the rules say so. */
export function guardTable(guard: TableGuard): TableWrites {
  return {
    insert: async (row) => insert(guard, reachable(guard, row, 'insert'), 'insert'),
    upsert: async (row) => upsert(guard, reachable(guard, row, 'upsert')),
    update: async (row) => update(guard, reachable(guard, row, 'update')),
    delete: (row) => remove(guard, given(row)),
  };
}

/** What is given, where none of it is out of every principal's reach. */
function reachable(guard: TableGuard, row: Values, operation: WriteOperation): Values {
  const values = given(row);
  const hidden = Object.keys(values)
    .map((name) => guard.sqlName(name))
    .find((column) => guard.rules.serverOnly?.includes(column));
  if (hidden !== undefined) throw denied(guard, operation, 'serverOnly', hidden);
  return values;
}

async function insert(guard: TableGuard, row: Values, operation: WriteOperation): Promise<void> {
  const { questions, writes } = guard;
  if (questions.insert === 'never') throw denied(guard, operation, 'insert');
  // The policies refuse such a row only where it is not readable.
  if (questions.insert === 'always') return refusable(guard, operation, 'read', writes.insert(row));
  // An insert leaves a row that is there alone, whoever may see it.
  if (operation === 'insert' && (await ask(guard, questions.beforeInsert, row))) return;
  await refusable(guard, operation, await decidingRule(guard, row), writes.insert(row));
  const after = await ask(guard, questions.afterInsert, row);
  if (!after && guard.allRows) return;
  if (after?.['insert'] !== true) await refuseWritten(guard, operation, 'insert');
}

/**
 * The rule that decides where the policies refuse a new row: they also ask for `read`,
 * since the insert has ON CONFLICT. Postgres names none, and answers nothing after it.
 */
async function decidingRule(guard: TableGuard, row: Values): Promise<'insert' | 'read'> {
  const { newRow } = guard.questions;
  if (!newRow || !guard.allRows) return 'insert';
  const answer = await ask(guard, newRow, row);
  return answer?.['insert'] === true ? 'read' : 'insert';
}

async function update(guard: TableGuard, row: Values): Promise<void> {
  if (Object.keys(row).every((name) => guard.key.has(name))) return;
  const before = await ask(guard, guard.questions.beforeUpdate, row);
  // As if it were not there: nobody learns of a row that they cannot read.
  if (before?.['read'] !== true) return;
  await change(guard, row, before, 'update');
}

async function upsert(guard: TableGuard, row: Values): Promise<void> {
  const before = await ask(guard, guard.questions.beforeUpdate, row);
  if (!before) return insert(guard, row, 'upsert');
  // It can neither be written nor left out silently, as it was asked to be there after.
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
  const after = await ask(guard, guard.questions.afterUpdate, row, before);
  if (!after && guard.allRows) return;
  for (const [at, column] of guard.questions.fixed.entries()) {
    if (before[`c${at}`] === after?.[`c${at}`]) continue;
    await refuseWritten(guard, operation, 'immutable', column);
  }
  if (after?.['to'] !== true) await refuseWritten(guard, operation, 'update.to');
  if (after?.['read'] !== true) await refuseWritten(guard, operation, 'read');
}

/**
 * The changes without columns that never change and stay as they are. They are not
 * named in the statement, since the database may refuse even that. Where the
 * comparison cannot be made here, it is made after the write.
 */
function withoutFixed(
  guard: TableGuard,
  row: Values,
  before: SqlRow,
  operation: 'update' | 'upsert',
): Values {
  const { fixed } = guard.questions;
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
  const before = await ask(guard, guard.questions.beforeDelete, row);
  if (before?.['read'] !== true) return;
  if (before['delete'] !== true) throw denied(guard, 'delete', 'delete');
  await guard.writes.delete(row);
}

/** Policies look at a new row before the guard can; their refusal is told like its own. */
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

/** Refuses what is already written, so that it cannot stay. */
async function refuseWritten(
  guard: TableGuard,
  operation: WriteOperation,
  rule: Refusal,
  column?: string,
): Promise<never> {
  const error = denied(guard, operation, rule, column);
  // A mutator may catch the error and go on; the transaction must not be able to.
  await guard.transaction
    .query("do $$ begin raise 'refused by an access rule' using errcode = '42501'; end $$", [])
    .then(
      () => undefined,
      () => undefined,
    );
  throw error;
}

const given = (row: Values): Values =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

function ask(
  guard: TableGuard,
  question: RowQuestion,
  row: Values,
  before?: SqlRow,
): Promise<SqlRow | undefined> {
  const values = new Map(Object.entries(row).map(([name, value]) => [guard.sqlName(name), value]));
  for (const [name, column] of guard.key) {
    if (row[name] === undefined || row[name] === null) throw withoutKey(guard, column);
  }
  const parameters = question.parameters.map((parameter) => {
    switch (parameter.of) {
      case 'key':
      case 'value': {
        const type = guard.rules.columns[parameter.column];
        const value = values.get(parameter.column);
        return type ? valueText(value, type) : value;
      }
      case 'claim':
        return claimText(guard.claims(parameter.claim), parameter.list);
      case 'before':
        return before?.['row'];
    }
  });
  const place = (question.needsAllRows ? guard.allRows : undefined) ?? guard.transaction;
  return firstRow(place, question.sql, parameters);
}

const withoutKey = (guard: TableGuard, column: string): ProblemError =>
  new ProblemError({
    code: 'sync/no-key',
    message: `a write to ${guard.rules.table} does not say which row.`,
    object: qualifiedName(splitTableId(guard.rules.table), column),
    fix: 'give the whole key.',
  });
