import { expandExists, rulesOf } from '../rules/expand-rule.ts';
import type { AccessRules, Rule } from '../model/rule.ts';
import type { Asked } from './asked.ts';
import { looksAt } from './rows-before.ts';

/**
 * Whether a question has the same answer for a role that row-level security applies
 * to: its rules look at no rows but those that the role sees anyway. Otherwise it must
 * be asked past the policies, as the policies' own functions do.
 */
export function sameBehindPolicies({ access, table, rules, state }: Asked): boolean {
  // A role that reads nothing of a table may not even name its columns.
  if (table.read.op === 'nobody') return false;
  return Object.values(rules).every(
    (rule) =>
      // What a write leaves is judged by the rows before it; policies show those after.
      !(state !== 'now' && looksAt(rule, table.table, access)) && !looksAtHidden(rule, access),
  );
}

function looksAtHidden(rule: Rule, access: AccessRules): boolean {
  if ('table' in rule && rulesOf(access, rule.table).read.op === 'nobody') return true;
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.some((part) => looksAtHidden(part, access));
    case 'not':
      return looksAtHidden(rule.rule, access);
    case 'exists':
      if (rule.rows === 'raw') return true;
      return [rule.rule, rulesOf(access, rule.table).read].some((part) =>
        looksAtHidden(part, access),
      );
    case 'can':
      // All the others ask for `read` as well.
      return rule.operation === 'insert' || looksAtHidden(expandExists(rule, access).rule, access);
    default:
      return false;
  }
}
