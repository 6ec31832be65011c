import type { ClaimValue, Comparison, Literal, LiteralList, Rule, Scalar } from '../model/rule.ts';

/** A rule without nested rules, except constants. */
export type Condition = Extract<Rule, { op: 'role' | 'authenticated' | 'compare' | 'in' | 'null' }>;

/** Prefix of the column that a condition tests: `the row's title`, `its title`, `whose title`. */
export type Owner = "the row's" | 'its' | 'whose';

/** A condition, or its negation, as a clause. */
export function conditionInWords(rule: Condition, holds: boolean, owner: Owner): string {
  switch (rule.op) {
    case 'role':
      return `the user ${holds ? 'has' : 'does not have'} the role ${nameInWords(rule.role)}`;
    case 'authenticated':
      return `the user is ${holds ? '' : 'not '}signed in`;
    case 'null':
      return `${owner} ${nameInWords(rule.column)} is ${holds ? '' : 'not '}NULL`;
    case 'compare': {
      const words = COMPARED[rule.with];
      const relation = 'equal' in words ? words.equal : words[orderOf(rule.value.type)];
      return `${owner} ${nameInWords(rule.column)} ${relation} ${valueInWords(rule.value)}`;
    }
    case 'in':
      return `${owner} ${nameInWords(rule.column)} ${listInWords(rule.values, holds)}`;
  }
}

/** A name, in quotes if it would not read as one word. */
export const nameInWords = (name: string): string =>
  /^[\p{L}\p{N}_.:-]+$/u.test(name) ? name : JSON.stringify(name);

type Ordered = Readonly<Record<'number' | 'moment' | 'text', string>>;

const COMPARED: Readonly<Record<Comparison, { readonly equal: string } | Ordered>> = {
  '=': { equal: 'is' },
  '!=': { equal: 'is not' },
  '<': { number: 'is less than', moment: 'is before', text: 'sorts before' },
  '<=': { number: 'is at most', moment: 'is at or before', text: 'sorts before or is' },
  '>': { number: 'is more than', moment: 'is after', text: 'sorts after' },
  '>=': { number: 'is at least', moment: 'is at or after', text: 'sorts after or is' },
};

const orderOf = (type: Scalar): keyof Ordered =>
  type === 'integer' ? 'number' : type === 'moment' ? 'moment' : 'text';

function valueInWords(value: Literal | ClaimValue): string {
  if ('literal' in value) return literalInWords(value.literal, value.type);
  return value.claim === 'sub' ? 'the user' : `the user's claim ${nameInWords(value.claim)}`;
}

function listInWords(values: LiteralList | ClaimValue, holds: boolean): string {
  const is = holds ? 'is' : 'is not';
  if ('claim' in values) return `${is} in the user's claim ${nameInWords(values.claim)}`;
  const literals = values.literals.map((literal) => literalInWords(literal, values.type));
  if (literals.length === 0) return `${is} in an empty list`;
  return literals.length === 1 ? `${is} ${literals[0]}` : `${is} one of ${literals.join(', ')}`;
}

function literalInWords(value: string | number | boolean, type: Scalar): string {
  if (type === 'moment') return new Date(Number(value)).toISOString();
  return type === 'text' || type === 'enum' ? JSON.stringify(value) : String(value);
}
