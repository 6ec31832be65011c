import type { AccessRules, ClaimValue, Rule, TableRules } from '../model/rule.ts';

/** The rules of a table. Without rules, every operation is denied. */
export function rulesOf(rules: AccessRules, table: string): TableRules {
  return rules.tables[table] ?? { ...deniedRules, table };
}

const NOBODY: Rule = { op: 'nobody' };
const deniedRules: Omit<TableRules, 'table'> = {
  key: [],
  columns: {},
  read: NOBODY,
  insert: NOBODY,
  update: { from: NOBODY, to: NOBODY },
  delete: NOBODY,
  immutable: [],
};

/** An `exists` over raw rows: the rules behind `visible` and `can` are expanded. */
export function expandExists(
  rule: Extract<Rule, { op: 'exists' | 'can' }>,
  rules: AccessRules,
): Extract<Rule, { op: 'exists' }> {
  const other = rulesOf(rules, rule.table);
  const { table, on } = rule;
  if (rule.op === 'can') {
    return { op: 'exists', table, on, rule: ruleFor(other, rule.operation), rows: 'raw' };
  }
  return rule.rows === 'raw'
    ? rule
    : { op: 'exists', table, on, rule: both(rule.rule, other.read), rows: 'raw' };
}

function ruleFor(table: TableRules, operation: string): Rule {
  switch (operation) {
    case 'read':
      return table.read;
    case 'insert':
      return table.insert;
    case 'update':
      return both(table.read, table.update.from);
    default:
      return both(table.read, table.delete);
  }
}

const both = (...rules: readonly Rule[]): Rule => ({ op: 'and', rules });

/** The claims whose absence can make a rule unknown, at any depth; the first use of each. */
export function claimsUsed(rule: Rule, rules: AccessRules): readonly ClaimValue[] {
  const used = new Map<string, ClaimValue>();
  const visit = (part: Rule): void => {
    switch (part.op) {
      case 'role':
        used.set('roles', { claim: 'roles', type: 'text' });
        break;
      case 'compare':
        if ('claim' in part.value) used.set(part.value.claim, part.value);
        break;
      case 'in':
        if ('claim' in part.values) used.set(part.values.claim, part.values);
        break;
      case 'and':
      case 'or':
        part.rules.forEach(visit);
        break;
      case 'not':
        visit(part.rule);
        break;
      case 'exists':
      case 'can':
        visit(expandExists(part, rules).rule);
        break;
      default:
    }
  };
  visit(rule);
  return [...used.values()];
}
