import { sql } from 'drizzle-orm';
import { databaseFailure } from '../database-failure.ts';
import { causesOf } from '../../report/causes-of.ts';
import type { Operation, Rule } from '../../model/rule.ts';
import type { AnyDatabase } from '../../postgres/any-database.ts';
import { implies } from '../../model/implication.ts';
import { needsRead, OPERATIONS } from '../../rules/operation-rules.ts';
import { askGuard } from './ask-guard.ts';
import { askPolicies } from './ask-policies.ts';
import { deleteSql, type AskedKey, type AskedRow } from './asked-row.ts';
import { checkLogin, findRow, notMigrated } from './find-row.ts';
import { rolledBack } from './rolled-back.ts';
import { traceRule } from './trace-rule.ts';
import type { TracedPart } from './traced-part.ts';
import { failureVerdict, type Verdict } from './verdict.ts';

/** What a principal may do with a row, and why. */
export interface RowExplanation {
  readonly table: string;
  readonly key: Readonly<Record<string, string>>;
  readonly operations: readonly ExplainedOperation[];
}

export interface ExplainedOperation {
  readonly operation: Operation;
  /** The parts of the rules, with their values for the row. */
  readonly rules: readonly { readonly name: RuleName; readonly trace: TracedPart }[];
  /** The verdict of the rules, from the values of their parts. */
  readonly rulesSay: Verdict;
  readonly policiesSay: Verdict;
  readonly guardSays: Verdict;
  /** Whether two of the verdicts differ. */
  readonly differ: boolean;
  /**
   * For an allowed insert: whether the new row is unreadable, so that Zero and RETURNING refuse it.
   */
  readonly isHidden: boolean;
}

type RuleName = 'read' | 'insert' | 'update' | 'update.from' | 'update.to' | 'delete';

/**
 * Evaluates the rules for one row of the database part by part, and tests the policies and the
 * guard. Everything runs in a transaction that is rolled back.
 */
export async function explainRow(db: AnyDatabase, question: AskedKey): Promise<RowExplanation> {
  try {
    return await rolledBack(db, async (tx) => {
      await checkLogin(tx, question);
      // Another transaction may hold the row.
      await tx.execute(sql`set local lock_timeout = '5s'`);
      const row = await findRow(tx, question);
      await muteTriggers(tx);
      const operations: ExplainedOperation[] = [];
      for (const operation of OPERATIONS) {
        operations.push(await rolledBack(tx, (inner) => explainOperation(inner, row, operation)));
      }
      return { table: row.table.id, key: row.key, operations };
    });
  } catch (error) {
    const code = databaseFailure(error)?.code ?? '';
    // An unknown table, column, function, schema or type.
    if (!['42P01', '42703', '42883', '3F000', '42704'].includes(code)) throw error;
    throw notMigrated([...causesOf(error)].at(-1)?.message ?? 'an object', error);
  }
}

/**
 * Disables triggers and foreign keys, which could change or refuse the row for reasons other than
 * access. Only superusers can do this; for other roles they still run.
 */
async function muteTriggers(tx: AnyDatabase): Promise<void> {
  await tx
    .transaction((inner) => inner.execute(sql`set local session_replication_role = replica`))
    .catch((error: unknown) => {
      if (databaseFailure(error)?.code !== '42501') throw error;
    });
}

async function explainOperation(
  tx: AnyDatabase,
  row: AskedRow,
  operation: Operation,
): Promise<ExplainedOperation> {
  // Insert rules are evaluated after removing the row: a row cannot authorize its own insert.
  const removed = operation === 'insert' ? await removeRow(tx, row) : undefined;
  const rules: { name: RuleName; trace: TracedPart }[] = [];
  for (const [name, rule] of rulesOf(row, operation)) {
    rules.push({ name, trace: await traceRule(tx, row, rule) });
  }
  const rulesSay = rulesVerdict(rules);
  const policiesSay = removed ?? (await askPolicies(tx, row, operation));
  const guardSays = removed ?? (await askGuard(tx, row, operation));
  const { read, insert } = row.rules;
  const isHidden =
    operation === 'insert' &&
    rulesSay.allows === true &&
    !implies(insert, read) &&
    (await traceRule(tx, row, read)).truth !== 'true';
  const answers = new Set([rulesSay, policiesSay, guardSays].flatMap(({ allows }) => allows ?? []));
  return {
    operation,
    rules,
    rulesSay,
    policiesSay,
    guardSays,
    differ: answers.size > 1,
    isHidden,
  };
}

/** The reason if the row cannot be removed. */
async function removeRow(tx: AnyDatabase, row: AskedRow): Promise<Verdict | undefined> {
  try {
    await tx.transaction((inner) => inner.execute(sql.raw(deleteSql(row))));
    return undefined;
  } catch (error) {
    const { because } = failureVerdict(error);
    return { because: `the row cannot be removed to insert it again: ${because}` };
  }
}

function rulesOf(
  { rules }: AskedRow,
  operation: Operation,
): readonly (readonly [RuleName, Rule])[] {
  const read = needsRead(rules, operation) ? [['read', rules.read] as const] : [];
  if (operation !== 'update') return [[operation, rules[operation]], ...read];
  const { from, to } = rules.update;
  if (JSON.stringify(from) === JSON.stringify(to)) return [['update', from], ...read];
  return [['update.from', from], ['update.to', to], ...read];
}

function rulesVerdict(rules: ExplainedOperation['rules']): Verdict {
  const failed = rules.find(({ trace }) => trace.truth !== 'true');
  if (!failed) return { allows: true, because: 'the rules are true' };
  return { allows: false, because: `the rule ${failed.name} is ${failed.trace.truth}` };
}
