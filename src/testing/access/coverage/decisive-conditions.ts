import type { Operation, Rule } from '../../../model/rule.ts';
import { evaluate, innerRule, joins, missesClaim, type Asked, type Truth } from '../oracle.ts';
import type { Attempt, Row } from '../world.ts';
import type { Combination } from './combination.ts';
import { itemsOfRule } from './items-of.ts';
import { operandOf } from './operand-of.ts';

/** Whether the operation is allowed if a condition is true, false or unknown. */
interface Outcome {
  readonly true: boolean;
  readonly false: boolean;
  readonly unknown: boolean;
}

interface Place {
  readonly table: string;
  readonly row: Row;
  readonly asked: Asked;
  readonly operation: Operation;
  readonly depth: number;
  readonly negated: boolean;
  readonly found: Found;
}

/** Called for each condition that decides about the answer. */
export interface Found {
  condition(combination: Combination): void;
  /** An item that a condition belongs to. */
  item?(item: string): void;
}

/** A rule that decides about a row, if all others of the operation allow it. */
interface DecidingRule {
  readonly rule: Rule;
  readonly row: Row;
}

/** The combinations of the conditions that decide whether a principal may read a row. */
export function decidingRead(asked: Asked, table: string, row: Row, found: Found): void {
  const read = readOf({ table }, asked);
  visit(read, ALLOWS, { table, row, asked, operation: 'read', depth: 0, negated: false, found });
}

/** The combinations of the conditions that decide about a write, without those of `read`. */
export function decidingWrite(asked: Asked, attempt: Attempt, found: Found): void {
  const { own, others } = rulesOf(asked, attempt);
  const closed = others === undefined || !others.every((one) => holds(one, asked));
  if (closed) return;
  for (const one of own) {
    if (own.some((other) => other !== one && !holds(other, asked))) continue;
    const { operation, table } = attempt;
    const { row } = one;
    visit(one.rule, ALLOWS, { table, row, asked, operation, depth: 0, negated: false, found });
  }
}

const ALLOWS: Outcome = { true: true, false: false, unknown: false };

const holds = ({ rule, row }: DecidingRule, asked: Asked): boolean =>
  evaluate(rule, row, asked) === true;

/** The rules of a write, and the rules for read that it has to meet too; without those, it is denied. */
function rulesOf(
  { rules }: Asked,
  attempt: Attempt,
): { readonly own: readonly DecidingRule[]; readonly others: readonly DecidingRule[] | undefined } {
  const table = rules.tables[attempt.table];
  if (!table) return { own: [], others: undefined };
  if (attempt.operation === 'insert') {
    return { own: [{ rule: table.insert, row: attempt.after }], others: [] };
  }
  const { before } = attempt;
  const read = { rule: table.read, row: before };
  if (attempt.operation === 'delete') {
    return { own: [{ rule: table.delete, row: before }], others: [read] };
  }
  const { after } = attempt;
  const isFixed = [...table.immutable, ...table.key].some((name) => before[name] !== after[name]);
  return {
    own: [
      { rule: table.update.from, row: before },
      { rule: table.update.to, row: after },
    ],
    others: isFixed ? undefined : [read, { rule: table.read, row: after }],
  };
}

function visit(rule: Rule, outcome: Outcome, place: Place): void {
  const isDecided = outcome.true === outcome.false && outcome.false === outcome.unknown;
  if (isDecided) return;
  const { table, row, asked, depth, negated, operation, found } = place;
  const deeper = { ...place, depth: depth + 1 };
  if (found.item) {
    const isAllowed = outcome[text(evaluate(rule, row, asked))];
    for (const item of itemsOfRule(rule, negated, isAllowed)) found.item(item);
  }
  switch (rule.op) {
    case 'anyone':
    case 'nobody':
      return;
    case 'not':
      visit(
        rule.rule,
        { true: outcome.false, false: outcome.true, unknown: outcome.unknown },
        { ...deeper, negated: !negated },
      );
      return;
    case 'and':
    case 'or': {
      const truths = rule.rules.map((part) => evaluate(part, row, asked));
      for (const [at, part] of rule.rules.entries()) {
        const others = truths.toSpliced(at, 1);
        const joined = (truth: Truth): boolean => outcome[text(join(rule.op, [...others, truth]))];
        const own = { true: joined(true), false: joined(false), unknown: joined('unknown') };
        visit(part, own, deeper);
      }
      return;
    }
    default:
  }
  found.condition({
    ...operandOf(rule, table, asked),
    value: valueOf(rule, row),
    polarity: negated ? 'negated' : 'positive',
    depth: Math.min(depth, 4) as Combination['depth'],
    operation,
  });
  if (rule.op === 'exists') visitJoined(rule, outcome, deeper);
}

function valueOf(rule: Rule, row: Row): Combination['value'] {
  if (rule.op === 'role' || rule.op === 'authenticated') return 'no column';
  const columns =
    'on' in rule ? rule.on.map(({ own }) => own) : 'column' in rule ? [rule.column] : [];
  return columns.some((column) => (row[column] ?? null) === null) ? 'NULL' : 'present';
}

/** The conditions inside of an `exists`, for each joined row that decides alone. */
function visitJoined(rule: Extract<Rule, { op: 'exists' }>, outcome: Outcome, place: Place): void {
  const { asked, row } = place;
  const inner = innerRule(rule, asked.rules);
  const others = (asked.db[rule.table] ?? []).filter((other) => joins(rule.on, row, other));
  const met = others.filter((other) => evaluate(inner, other, asked) === true);
  const unmet = outcome[missesClaim(inner, asked) ? 'unknown' : 'false'];
  for (const other of others) {
    if (met.some((one) => one !== other)) continue;
    // The rows of `visible` must be readable too.
    const isOpen = rule.rows === 'raw' || evaluate(readOf(rule, asked), other, asked) === true;
    if (!isOpen) continue;
    visit(
      rule.rule,
      { true: outcome.true, false: unmet, unknown: unmet },
      {
        ...place,
        table: rule.table,
        row: other,
      },
    );
  }
}

const readOf = ({ table }: { readonly table: string }, { rules }: Asked): Rule =>
  rules.tables[table]?.read ?? { op: 'nobody' };

function join(op: 'and' | 'or', truths: readonly Truth[]): Truth {
  const decisive = op === 'or';
  if (truths.includes(decisive)) return decisive;
  return truths.includes('unknown') ? 'unknown' : !decisive;
}

const text = (truth: Truth): keyof Outcome =>
  truth === 'unknown' ? truth : truth ? 'true' : 'false';
