import type { CorrelatedSubquery } from '@rocicorp/zero';
import type { Rule } from '../model/rule.ts';

/** How a hop of a query leads to a table: from which, and by which columns. */
export interface Origin {
  readonly table: string;
  readonly correlation: CorrelatedSubquery['correlation'];
}

/**
 * The read rule of a table whose rows are reached from a row that the principal may
 * read. "It belongs to something readable" is met then: by the very row that it was
 * reached from. Nothing else is left out, and nothing under a negation. A rule in which
 * nothing is met comes back as it was.
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
