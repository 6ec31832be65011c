import type { Rule } from '../../../model/rule.ts';
import { nameInWords } from '../../../rules/condition-in-words.ts';
import { outlineRule } from '../../../rules/outline-rule.ts';
import { outlineInWords, ruleInWords } from '../../../rules/rule-in-words.ts';
import type { PrincipalClass } from '../../../testing/access/diff/principal-facts.ts';

/** A class of principals as words: `a user with the role admin`. */
export function principalInWords(principal: PrincipalClass, table: string): string {
  const { kind, roles, relations, lacks } = principal;
  const parts = [...roles.map(withRole), ...relations.map((rule) => relationInWords(rule, table))];
  const who = parts.length > 0 ? parts.join(', who is also ') : KINDS[kind];
  const without = lacks.map((claim) => ` without the claim ${nameInWords(claim)}`);
  const token = parts.length > 0 && kind === 'token' ? ', in a token without a subject' : '';
  return `${who}${without.join('')}${token}`;
}

const KINDS: Readonly<Record<PrincipalClass['kind'], string>> = {
  anonymous: 'anonymous',
  user: 'a signed-in user',
  token: 'a token without a subject',
};

const withRole = (role: string): string => `a user with the role ${nameInWords(role)}`;

function relationInWords(rule: Rule, table: string): string {
  if (rule.op === 'compare' && rule.with === '=' && 'claim' in rule.value) {
    if (rule.value.claim === 'sub') return `the owner (${nameInWords(rule.column)})`;
  }
  const outline = outlineRule(rule, table);
  return outline.kind === 'rows'
    ? `a user with a row of ${nameInWords(outline.existence.table)}, ${outlineInWords(outline.inner, 'whose')}`
    : `a user for whom ${ruleInWords(rule, table)}`;
}
