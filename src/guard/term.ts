import type { Condition, LiteralValue, SimpleOperator } from '@rocicorp/zero';

/** A rule lowered for one principal: a constant, or a condition on the row. */
export type Term = boolean | Condition;

/**
 * A condition that no row meets, in Zero's own form. `or()` without parts would be
 * equivalent, but compiles to `()` for Postgres.
 */
export const NEVER: Condition = {
  type: 'simple',
  op: '=',
  left: { type: 'literal', value: 1 },
  right: { type: 'literal', value: 0 },
};

export const comparison = (column: string, op: SimpleOperator, value: LiteralValue): Condition => ({
  type: 'simple',
  op,
  left: { type: 'column', name: column },
  right: { type: 'literal', value },
});

/**
 * Joins terms by `and` or `or`. Constants are folded and nested terms of the same kind are
 * flattened, so a remaining junction has at least two parts.
 */
export function joinTerms(type: 'and' | 'or', terms: readonly Term[]): Term {
  const absorbing = type === 'or';
  const conditions: Condition[] = [];
  for (const term of terms) {
    if (term === absorbing) return absorbing;
    if (typeof term === 'boolean') continue;
    if (term.type === type) conditions.push(...term.conditions);
    else conditions.push(term);
  }
  const [first] = conditions;
  if (first === undefined) return !absorbing;
  return conditions.length === 1 ? first : { type, conditions };
}
