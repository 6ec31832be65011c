import type { Rule } from './rule.ts';
import { isCertain, isConsistent, type Assumptions, type Truth } from './related-conditions.ts';

/**
 * Whether the first rule implies the second: `proven`, `refuted`, or `unproven` if it
 * depends on rows of other tables or on values that are not compared here.
 */
export function implication(first: Rule, second: Rule): 'proven' | 'refuted' | 'unproven' {
  if (implies(first, second)) return 'proven';
  return search(counterexample(first, second), new Map(), isCertain) ? 'refuted' : 'unproven';
}

/** Whether it is proven that the first rule implies the second. */
export function implies(first: Rule, second: Rule): boolean {
  // Exact, and avoids the search, whose time triples with each condition.
  if (second.op === 'and') return second.rules.every((part) => implies(first, part));
  if (first.op === 'or') return first.rules.every((part) => implies(part, second));
  const wanted = JSON.stringify(second);
  if (conjuncts(first).some((part) => JSON.stringify(part) === wanted)) return true;
  return !isPossible(counterexample(first, second));
}

const conjuncts = (rule: Rule): readonly Rule[] =>
  rule.op === 'and' ? rule.rules.flatMap(conjuncts) : [rule];

const counterexample = (first: Rule, second: Rule): Part => ({
  op: 'and',
  rules: [first, { op: 'unless', rule: second }],
});

/** Whether any principal, with any row, could meet the rule. */
export function isPossible(rule: Part): boolean {
  return search(rule, new Map(), (assumed, latest) => isConsistent(assumed, latest, implies));
}

/** A rule, or the statement that a rule is not true. Unlike `not`, `unless` also holds if the rule is unknown. */
type Part =
  | Exclude<Rule, { op: 'and' }>
  | { readonly op: 'and'; readonly rules: readonly Part[] }
  | { readonly op: 'unless'; readonly rule: Rule };

type Admits = (assumed: Assumptions, latest: string) => boolean;

/**
 * Tries each value of the next undecided condition, and leaves a branch as soon as it is
 * decided.
 */
function search(rule: Part, assumed: Assumptions, admits: Admits): boolean {
  const result = evaluate(rule, assumed);
  if (result === 'true') return true;
  if (typeof result === 'string') return false;
  const { condition } = result;
  return result.values.some((truth) => {
    const next = new Map(assumed).set(condition, { rule: result.rule, truth });
    return admits(next, condition) && search(rule, next, admits);
  });
}

interface Undecided {
  readonly condition: string;
  readonly rule: Rule;
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
      return assumed.get(condition)?.truth ?? { condition, rule, values };
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
