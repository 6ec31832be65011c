import type { AccessRules, Rule, TableRules } from '../../model/rule.ts';

/** Simpler variants of a rule, the simplest first. */
function* simplerRules(rule: Rule): Generator<Rule> {
  if (rule.op !== 'nobody') yield { op: 'nobody' };
  if (rule.op !== 'nobody' && rule.op !== 'anyone') yield { op: 'anyone' };
  switch (rule.op) {
    case 'and':
    case 'or':
      yield* rule.rules;
      for (const [at, part] of rule.rules.entries()) {
        yield { op: rule.op, rules: rule.rules.toSpliced(at, 1) };
        for (const simpler of simplerRules(part)) {
          yield { op: rule.op, rules: rule.rules.with(at, simpler) };
        }
      }
      break;
    case 'not':
      yield rule.rule;
      for (const simpler of simplerRules(rule.rule)) yield { op: 'not', rule: simpler };
      break;
    case 'exists':
      if (rule.rows === 'visible') yield { ...rule, rows: 'raw' };
      for (const simpler of simplerRules(rule.rule)) yield { ...rule, rule: simpler };
      break;
    case 'in':
      if ('literals' in rule.values) {
        const { literals, type } = rule.values;
        for (const at of literals.keys()) {
          yield { ...rule, values: { literals: literals.toSpliced(at, 1), type } };
        }
      }
      break;
    default:
  }
}

/** Variants of the rules, each with one simpler rule. */
export function* simplerAccess(access: AccessRules): Generator<AccessRules> {
  for (const [table, rules] of Object.entries(access.tables)) {
    for (const simpler of simplerTable(rules)) {
      yield { ...access, tables: { ...access.tables, [table]: simpler } };
    }
  }
}

function* simplerTable(rules: TableRules): Generator<TableRules> {
  for (const operation of ['insert', 'delete', 'read'] as const) {
    for (const rule of simplerRules(rules[operation])) yield { ...rules, [operation]: rule };
  }
  const { from, to } = rules.update;
  for (const rule of simplerRules(from)) yield { ...rules, update: { from: rule, to } };
  for (const rule of simplerRules(to)) yield { ...rules, update: { from, to: rule } };
  for (const column of rules.immutable) {
    if (rules.key.includes(column)) continue;
    yield { ...rules, immutable: rules.immutable.filter((other) => other !== column) };
  }
}
