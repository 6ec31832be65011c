import type { Mutation } from './mutate-source.ts';

/** Why a mutant is not killed. */
export interface Judgement {
  /** `equivalent`: no input shows a difference. `gap`: a difference that no test shows. */
  readonly kind: 'equivalent' | 'gap';
  readonly reason: string;
}

type Known = readonly [kind: Judgement['kind'], file: string, change: string, reason: string];

/** Judged mutants. The change is `kind [text]`, as `npm run mutants:random` prints it. */
const KNOWN: readonly Known[] = [
  [
    'equivalent',
    'rules/rule-to-sql.ts',
    "only the right side [rule.op === 'exists' || rule.op === 'can']",
    'Only the order of the conditions changes.',
  ],
  [
    'equivalent',
    'rules/rule-to-sql.ts',
    'some to every [rule.rules.some(readsOtherTable)]',
    'Only the order of the conditions changes.',
  ],
  [
    'equivalent',
    'rules/rule-to-sql.ts',
    'if (false) [parts.includes(absorbing)]',
    'The condition keeps a constant that decides it, and Postgres folds it.',
  ],
  [
    'equivalent',
    'rules/rule-to-sql.ts',
    'without filter [parts.filter((part) => part !== neutral)]',
    'The condition keeps constants that do not decide it, and Postgres folds them.',
  ],
  [
    'equivalent',
    'rules/policy-sql.ts',
    'without a part of the text [`null::${value.type}`]',
    'The kit refuses undeclared claims, so the line is never reached.',
  ],
  [
    'equivalent',
    'guard/lower-rule.ts',
    "only the right side [waiting.length === 0 || settled === (type === 'or')]",
    'The terms are joined for each principal instead of once, with the same result.',
  ],
  [
    'equivalent',
    'guard/lower-rule.ts',
    "|| to && [waiting.length === 0 || settled === (type === 'or')]",
    'The terms are joined for each principal instead of once, with the same result.',
  ],
  [
    'equivalent',
    'guard/table-checks.ts',
    'without the call [prepared.set(access, known);]',
    'The checks are compiled again instead of being kept.',
  ],
  [
    'equivalent',
    'emit/companion/emit-grants.ts',
    "without the call [schemas.delete('public');]",
    'A table in public has no schema in the model, so the set never contains it.',
  ],
];

/** The judgement of a survivor; `undefined` if nobody has judged it. */
export function judgementOf({ file, kind, text }: Mutation): Judgement | undefined {
  const found = KNOWN.find(
    ([, knownFile, change]) => file.endsWith(knownFile) && change === `${kind} [${text}]`,
  );
  return found && { kind: found[0], reason: found[3] };
}
