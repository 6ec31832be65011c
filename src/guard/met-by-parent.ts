import type { CorrelatedSubquery } from '@rocicorp/zero';
import type { Rule } from '../model/rule.ts';

/** The origin of a query hop: the parent table and the join columns. */
export interface Origin {
  readonly table: string;
  readonly correlation: CorrelatedSubquery['correlation'];
}

/**
 * Simplifies the read rule of a table whose rows are reached from a readable row. Then the
 * condition "it belongs to a readable row" is true, because the parent row is readable.
 * Nothing else is removed, and nothing under a negation. Returns the same rule if nothing
 * can be removed.
 */
export function metByParent(rule: Rule, origin: Origin): Rule {
  switch (rule.op) {
    case 'and':
    case 'or': {
      const rules = rule.rules.map((part) => metByParent(part, origin));
      return rules.every((part, at) => part === rule.rules[at]) ? rule : { ...rule, rules };
    }
    case 'exists':
    case 'can':
      return asksToRead(rule) && leadsBack(rule, origin) ? { op: 'anyone' } : rule;
    default:
      return rule;
  }
}

type Existence = Extract<Rule, { op: 'exists' | 'can' }>;

const asksToRead = (rule: Existence): boolean =>
  rule.op === 'can'
    ? rule.operation === 'read'
    : rule.rows === 'visible' && rule.rule.op === 'anyone';

const leadsBack = ({ table, on }: Existence, origin: Origin): boolean =>
  table === origin.table &&
  on.every(({ own, other }) =>
    origin.correlation.childField.some(
      (child, at) => child === own && origin.correlation.parentField[at] === other,
    ),
  );
