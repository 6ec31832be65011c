import type { AccessRules, Claims, Rule } from '../../../model/rule.ts';
import { innerRule, missesClaim, type Asked } from '../oracle.ts';
import { ownClaim } from '../own-claims.ts';
import type { Combination } from './combination.ts';

type Condition = Exclude<Rule, { op: 'anyone' | 'nobody' | 'and' | 'or' | 'not' }>;
type Described = Pick<Combination, 'operator' | 'type' | 'operand'>;

/** A condition's operator, type and operand, for a principal. */
export function operandOf(rule: Condition, table: string, asked: Asked): Described {
  switch (rule.op) {
    case 'role':
      return { operator: 'role', type: 'text', operand: claimState('roles', asked) };
    case 'authenticated':
      return { operator: 'authenticated', type: 'uuid', operand: claimState('sub', asked) };
    case 'null': {
      // Only `isNull` may test a column of another type.
      const type = asked.rules.tables[table]?.columns[rule.column] ?? 'text';
      return { operator: 'null', type, operand: 'none' };
    }
    case 'compare': {
      const operand = 'claim' in rule.value ? claimState(rule.value.claim, asked) : 'literal';
      return { operator: rule.with, type: rule.value.type, operand };
    }
    case 'in': {
      const { type } = rule.values;
      if ('claim' in rule.values) {
        return { operator: 'in', type, operand: claimState(rule.values.claim, asked) };
      }
      const isEmpty = rule.values.literals.length === 0;
      return { operator: 'in', type, operand: isEmpty ? 'empty literals' : 'literal' };
    }
    case 'exists':
    case 'can': {
      const inner = innerRule(rule, asked.rules);
      const readsClaims = missesClaim(inner, { ...asked, claims: {} });
      return {
        operator: rule.op === 'can' ? 'can' : `exists ${rule.rows}`,
        type: rule.on.length === 1 ? 'one column' : 'two columns',
        operand: readsClaims ? (missesClaim(inner, asked) ? 'missing claim' : 'claim') : 'none',
      };
    }
  }
}

/** Whether the principal has the claim, and in which form. */
export function claimState(
  name: string,
  { rules, claims }: { readonly rules: AccessRules; readonly claims: Claims },
): Extract<Combination['operand'], `${string}claim`> {
  const declaration = rules.claims[name];
  const value = declaration && ownClaim(declaration, claims);
  if (typeof value === 'object') return value.length === 0 ? 'empty claim' : 'claim';
  if (value !== undefined) return 'claim';
  const found = declaration?.path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    claims,
  );
  return found === undefined ? 'missing claim' : 'malformed claim';
}
