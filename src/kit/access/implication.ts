import type { Rule } from '../../model/rule.ts';

/**
 * Whether whoever meets the first rule also meets the second, as far as that can
 * be seen from how the two are put together. Single conditions are taken as they
 * stand: `eq(status, 'a')` is not seen to imply `inList(status, ['a', 'b'])`.
 */
export function implies(first: Rule, second: Rule): boolean {
  // Exact, and spares the search, which takes three times as long for each condition.
  if (second.op === 'and') return second.rules.every((part) => implies(first, part));
  if (first.op === 'or') return first.rules.every((part) => implies(part, second));
  const wanted = JSON.stringify(second);
  if (conjuncts(first).some((part) => JSON.stringify(part) === wanted)) return true;
  return !isPossible({ op: 'and', rules: [first, { op: 'unless', rule: second }] });
}

const conjuncts = (rule: Rule): readonly Rule[] =>
  rule.op === 'and' ? rule.rules.flatMap(conjuncts) : [rule];

/** Whether anybody, with any row, could meet the rule. */
export function isPossible(rule: Part): boolean {
  return search(rule, new Map());
}

/** A rule, or that it is not true, which is more than its negation: it may also be unknown. */
type Part =
  | Exclude<Rule, { op: 'and' }>
  | { readonly op: 'and'; readonly rules: readonly Part[] }
  | { readonly op: 'unless'; readonly rule: Rule };

type Truth = 'true' | 'false' | 'unknown';
type Assumptions = ReadonlyMap<string, Truth>;

/** Tries the values of one undecided condition after the other, and gives up a branch as soon as it is decided. */
function search(rule: Part, assumed: Assumptions): boolean {
  const result = evaluate(rule, assumed);
  if (result === 'true') return true;
  if (typeof result === 'string') return false;
  return result.values.some((value) => {
    const next = new Map(assumed).set(result.condition, value);
    return isConsistent(next) && search(rule, next);
  });
}

interface Undecided {
  readonly condition: string;
  readonly values: readonly Truth[];
}

function evaluate(rule: Part, assumed: Assumptions): Truth | Undecided {
  switch (rule.op) {
    case 'anyone':
      return 'true';
    case 'nobody':
      return 'false';
    case 'not':
      return mapTruth(evaluate(rule.rule, assumed), {
        true: 'false',
        false: 'true',
        unknown: 'unknown',
      });
    case 'unless':
      return mapTruth(evaluate(rule.rule, assumed), {
        true: 'false',
        false: 'true',
        unknown: 'true',
      });
    case 'and':
      return combine(rule.rules, assumed, 'false', 'true');
    case 'or':
      return combine(rule.rules, assumed, 'true', 'false');
    default: {
      const condition = JSON.stringify(rule);
      const certain = rule.op === 'null' || rule.op === 'authenticated';
      const values: readonly Truth[] = certain ? ['true', 'false'] : ['true', 'false', 'unknown'];
      return assumed.get(condition) ?? { condition, values };
    }
  }
}

const mapTruth = (
  result: Truth | Undecided,
  to: Readonly<Record<Truth, Truth>>,
): Truth | Undecided => (typeof result === 'string' ? to[result] : result);

function combine(
  rules: readonly Part[],
  assumed: Assumptions,
  absorbing: Truth,
  neutral: Truth,
): Truth | Undecided {
  let undecided: Undecided | undefined;
  let unknown = false;
  for (const rule of rules) {
    const result = evaluate(rule, assumed);
    if (result === absorbing) return absorbing;
    if (result === 'unknown') unknown = true;
    else if (typeof result !== 'string') undecided ??= result;
  }
  return undecided ?? (unknown ? 'unknown' : neutral);
}

const AUTHENTICATED = JSON.stringify({ op: 'authenticated' });

/** Whoever's subject equals something has one; whatever equals something is not NULL. */
function isConsistent(assumed: Assumptions): boolean {
  for (const [condition, truth] of assumed) {
    if (truth === 'unknown') continue;
    const rule = JSON.parse(condition) as Rule;
    if (rule.op !== 'compare' && rule.op !== 'in') continue;
    const empty = JSON.stringify({ op: 'null', column: rule.column });
    if (assumed.get(empty) === 'true') return false;
    const bySubject = rule.op === 'compare' && 'claim' in rule.value && rule.value.claim === 'sub';
    if (bySubject && assumed.get(AUTHENTICATED) === 'false') return false;
  }
  return true;
}
