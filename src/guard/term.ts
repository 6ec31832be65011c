import type { Condition, LiteralValue, SimpleOperator } from '@rocicorp/zero';

/** What a rule comes to for one principal: decided, or left to the row. */
export type Term = boolean | Condition;

/**
 * A condition that no row meets. Zero writes it this way itself; `or()` without
 * parts would be the other spelling, but compiles to `()` for Postgres.
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
 * Terms joined by `and` or `or`, with constants folded and nesting of the same
 * kind flattened, so that what is left has at least two parts.
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
