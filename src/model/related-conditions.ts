import type { Join, Rule } from './rule.ts';

export type Truth = 'true' | 'false' | 'unknown';

/** Conditions by their JSON, each with an assumed truth value. */
export type Assumptions = ReadonlyMap<string, { readonly rule: Rule; readonly truth: Truth }>;

type Implies = (first: Rule, second: Rule) => boolean;

/**
 * Whether the latest assumption is consistent with each of the others. Assumptions are
 * compared in pairs; contradictions between three are not detected.
 */
export function isConsistent(assumed: Assumptions, latest: string, implies: Implies): boolean {
  const own = assumed.get(latest);
  if (!own) return true;
  return [...assumed].every(
    ([condition, other]) =>
      condition === latest || (permits(own, other, implies) && permits(other, own, implies)),
  );
}

type Assumption = { readonly rule: Rule; readonly truth: Truth };

/** Whether the first assumption, if it is decided, permits the second. */
function permits(first: Assumption, second: Assumption, implies: Implies): boolean {
  const [one, other] = [first.rule, second.rule];
  if (first.truth === 'true' && second.truth !== 'true' && entails(one, other, implies)) {
    return false;
  }
  if (!isComparison(one) || first.truth === 'unknown') return true;
  // A column that equals a value is not NULL.
  if (other.op === 'null') return other.column !== one.column || second.truth === 'false';
  // A comparison of the subject that is true or false implies that there is a subject.
  if (other.op === 'authenticated') return !comparesSubject(one) || second.truth === 'true';
  const forced = first.truth === 'true' ? truthWhere(one, other) : undefined;
  return forced === undefined || forced === second.truth;
}

type ColumnComparison = Extract<Rule, { op: 'compare' | 'in' }>;

const isComparison = (rule: Rule): rule is ColumnComparison =>
  rule.op === 'compare' || rule.op === 'in';

const comparesSubject = (rule: ColumnComparison): boolean =>
  rule.op === 'compare' && 'claim' in rule.value && rule.value.claim === 'sub';

/** The truth value of the second condition if the first is true and leaves only a few values. */
function truthWhere(first: ColumnComparison, second: Rule): Truth | undefined {
  if (!isComparison(second) || second.column !== first.column) return undefined;
  const left = valuesLeft(first)?.map((value) => meets(second, value));
  if (!left || left.length === 0 || left.includes(undefined)) return undefined;
  if (left.every(Boolean)) return 'true';
  return left.some(Boolean) ? undefined : 'false';
}

type Plain = string | number | boolean;

function valuesLeft(rule: ColumnComparison): readonly Plain[] | undefined {
  if (rule.op === 'in') return 'literals' in rule.values ? rule.values.literals : undefined;
  return rule.with === '=' && 'literal' in rule.value ? [rule.value.literal] : undefined;
}

function meets(rule: ColumnComparison, value: Plain): boolean | undefined {
  if (rule.op === 'in') {
    return 'literals' in rule.values ? rule.values.literals.includes(value) : undefined;
  }
  if (!('literal' in rule.value)) return undefined;
  const { literal } = rule.value;
  if (rule.with === '=') return value === literal;
  if (rule.with === '!=') return value !== literal;
  // JavaScript orders text by UTF-16 units, the rules by bytes.
  if (typeof value !== 'number' || typeof literal !== 'number') return undefined;
  switch (rule.with) {
    case '<':
      return value < literal;
    case '<=':
      return value <= literal;
    case '>':
      return value > literal;
    case '>=':
      return value >= literal;
  }
}

/** Whether a row of another table that proves the first also proves the second. */
function entails(first: Rule, second: Rule, implies: Implies): boolean {
  if (first.op !== 'exists' && first.op !== 'can') return false;
  if (second.op === 'authenticated' || second.op === 'role') {
    return first.op === 'exists' && implies(first.rule, second);
  }
  if (second.op !== 'exists' && second.op !== 'can') return false;
  if (first.table !== second.table || !joinsAtLeast(first.on, second.on)) return false;
  const known = first.op === 'exists' ? first.rule : ANYONE;
  const readable = first.op === 'exists' ? first.rows === 'visible' : first.operation !== 'insert';
  if (second.op === 'can') {
    return second.operation === 'read'
      ? readable
      : first.op === 'can' && first.operation === second.operation;
  }
  return (second.rows === 'raw' || readable) && implies(known, second.rule);
}

const ANYONE: Rule = { op: 'anyone' };

const joinsAtLeast = (first: Join, second: Join): boolean =>
  second.every(({ own, other }) => first.some((pair) => pair.own === own && pair.other === other));

/**
 * Whether it is certain that some principal and row satisfy the assumptions. It is
 * uncertain if two conditions use the same column, or if the result depends on other
 * tables, because the application may keep their rows consistent with this one.
 */
export function isCertain(assumed: Assumptions, latest: string): boolean {
  const own = assumed.get(latest);
  if (!own || !isConsistent(assumed, latest, () => false)) return false;
  const others = [...assumed.values()].filter((other) => other !== own);
  if (readsOtherTable(own.rule)) {
    return own.truth === 'true' && !others.some(({ rule }) => readsOtherTable(rule));
  }
  return others.every(
    (other) => decides(own, other) || decides(other, own) || !shareColumn(own, other),
  );
}

const decides = (first: Assumption, second: Assumption): boolean =>
  first.truth === 'true' &&
  isComparison(first.rule) &&
  truthWhere(first.rule, second.rule) !== undefined;

const shareColumn = ({ rule: one }: Assumption, { rule: other }: Assumption): boolean =>
  isComparison(one) && isComparison(other) && one.column === other.column;

const readsOtherTable = (rule: Rule): boolean => rule.op === 'exists' || rule.op === 'can';
