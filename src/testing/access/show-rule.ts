import type { ClaimValue, Join, Literal, LiteralList, Rule } from '../../model/rule.ts';

/** A rule as readable text. */
export function showRule(rule: Rule): string {
  switch (rule.op) {
    case 'anyone':
    case 'nobody':
    case 'authenticated':
      return rule.op;
    case 'role':
      return `role(${JSON.stringify(rule.role)})`;
    case 'compare':
      return `${rule.column} ${rule.with} ${showValue(rule.value)}`;
    case 'in':
      return `${rule.column} in ${showValue(rule.values)}`;
    case 'null':
      return `${rule.column} is null`;
    case 'not':
      return `not(${showRule(rule.rule)})`;
    case 'and':
    case 'or':
      return `${rule.op}(${rule.rules.map(showRule).join(', ')})`;
    case 'exists':
      return `exists(${rule.rows} ${rule.table} on ${showJoin(rule.on)}: ${showRule(rule.rule)})`;
    case 'can':
      return `can(${rule.operation} ${rule.table} on ${showJoin(rule.on)})`;
  }
}

const showJoin = (on: Join): string =>
  on.map(({ other, own }) => `${other} = ${own}`).join(' and ') || 'nothing';

function showValue(value: Literal | LiteralList | ClaimValue): string {
  if ('claim' in value) return `claim ${value.claim}`;
  return JSON.stringify('literal' in value ? value.literal : value.literals);
}
