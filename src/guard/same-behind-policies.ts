import { expandExists, rulesOf } from '../rules/expand-rule.ts';
import type { AccessRules, Rule } from '../model/rule.ts';
import type { RowCheckInput } from './row-check-input.ts';
import { readsTable } from './rows-before.ts';

/**
 * Whether a check has the same result for a role that is subject to row-level security: its
 * rules only read rows that the role can see. Otherwise it must bypass the policies, as the
 * policies' own functions do.
 */
export function sameBehindPolicies({ access, table, rules, state }: RowCheckInput): boolean {
  // A role without read access to a table may not name its columns.
  if (table.read.op === 'nobody') return false;
  return Object.values(rules).every(
    (rule) =>
      // A new row is checked against the rows before the write; policies would show the
      // rows after it.
      !(state !== 'now' && readsTable(rule, table.table, access)) && !readsHiddenRows(rule, access),
  );
}

function readsHiddenRows(rule: Rule, access: AccessRules): boolean {
  if ('table' in rule && rulesOf(access, rule.table).read.op === 'nobody') return true;
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.some((part) => readsHiddenRows(part, access));
    case 'not':
      return readsHiddenRows(rule.rule, access);
    case 'exists':
      if (rule.rows === 'raw') return true;
      return [rule.rule, rulesOf(access, rule.table).read].some((part) =>
        readsHiddenRows(part, access),
      );
    case 'can':
      // All other operations require `read` as well.
      return (
        rule.operation === 'insert' || readsHiddenRows(expandExists(rule, access).rule, access)
      );
    default:
      return false;
  }
}
