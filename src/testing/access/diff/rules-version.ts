import type { AccessRules, Operation, Rule } from '../../../model/rule.ts';
import type { Table } from '../../../model/table.ts';
import { innerRule } from '../oracle.ts';

/** One version of a project: its tables and their access rules. */
export interface RulesVersion {
  readonly tables: readonly Table[];
  readonly rules: AccessRules;
}

/** The rules that an operation must meet, in the order in which they are evaluated. */
export function rulesOfOperation(
  { tables }: AccessRules,
  table: string,
  operation: Operation,
): readonly Rule[] {
  const own = tables[table];
  if (!own) return [{ op: 'nobody' }];
  switch (operation) {
    case 'read':
    case 'insert':
      return [own[operation]];
    case 'update':
      return [own.read, own.update.from, own.update.to];
    case 'delete':
      return [own.read, own.delete];
  }
}

/** A part of a rule, with the table whose rows it tests. */
export interface RulePart {
  readonly table: string;
  readonly rule: Rule;
}

/** A rule and all its parts, with the rules behind `visible` and `can`. */
export function* partsOfRule(rules: AccessRules, table: string, rule: Rule): Generator<RulePart> {
  yield { table, rule };
  switch (rule.op) {
    case 'not':
      yield* partsOfRule(rules, table, rule.rule);
      break;
    case 'and':
    case 'or':
      for (const part of rule.rules) yield* partsOfRule(rules, table, part);
      break;
    case 'exists':
    case 'can':
      yield* partsOfRule(rules, rule.table, innerRule(rule, rules));
      break;
    default:
  }
}

/** All parts of all rules of a version. */
export function* partsOfVersion({ rules }: RulesVersion): Generator<RulePart> {
  for (const { table, read, insert, update, delete: remove } of Object.values(rules.tables)) {
    for (const rule of [read, insert, update.from, update.to, remove]) {
      yield* partsOfRule(rules, table, rule);
    }
  }
}

/**
 * A rule as text, with the rules behind `visible` and `can`, and with the declarations of
 * its claims. Two rules with the same text mean the same.
 */
export function textOfRule(rule: Rule, rules: AccessRules): string {
  return JSON.stringify(expanded(rule, rules));
}

function expanded(rule: Rule, rules: AccessRules): unknown {
  switch (rule.op) {
    case 'role':
      return { ...rule, declared: rules.claims['roles'] };
    case 'authenticated':
      return { ...rule, declared: rules.claims['sub'] };
    case 'compare':
      return 'claim' in rule.value ? { ...rule, declared: rules.claims[rule.value.claim] } : rule;
    case 'in':
      return 'claim' in rule.values ? { ...rule, declared: rules.claims[rule.values.claim] } : rule;
    case 'not':
      return { op: 'not', rule: expanded(rule.rule, rules) };
    case 'and':
    case 'or':
      return { op: rule.op, rules: rule.rules.map((part) => expanded(part, rules)) };
    case 'exists':
    case 'can': {
      const { table, on } = rule;
      return { op: 'exists', table, on, rule: expanded(innerRule(rule, rules), rules) };
    }
    default:
      return rule;
  }
}
