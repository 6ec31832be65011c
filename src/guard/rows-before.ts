import { claimsAsked, expandExists } from '../rules/expand-rule.ts';
import { quoteName, quoteTable } from '../model/quote-sql.ts';
import { ruleToSql, type Existence, type SqlContext } from '../rules/rule-to-sql.ts';
import type { AccessRules, Rule } from '../model/rule.ts';

/** What a table held before a write: the row was not there, or was another. */
export type TableState = 'without the row' | 'with the row before';

/**
 * Asks `exists` over the written table as it was before the write, as Postgres
 * does in policies. Otherwise a row could prove itself: whoever adds themselves to
 * a team would be found in it.
 */
export function rowsBefore(
  table: string,
  state: TableState,
  compareKey: (row: string, operator: '=' | '<>') => string,
  before: () => string,
): NonNullable<SqlContext['existence']> {
  const others = (): string => {
    const name = quoteTable(table);
    const rest = `select * from ${name} as "now" where ${compareKey('"now"', '<>')}`;
    return state === 'without the row' ? rest : `${rest} union all select (${before()}::${name}).*`;
  };
  return (rule, holds, context) => {
    const raw = expandExists(rule, context.rules);
    if (raw.table !== table) return undefined;
    const depth = (context.depth ?? 0) + 1;
    const column = (name: string): string => quoteName(`r${depth}`, name);
    const inner = ruleToSql(raw.rule, { ...context, column, depth });
    const joined = raw.on.map(({ other, own }) => `${column(other)} = ${context.column(own)}`);
    const from = `(${others()}) as ${quoteName(`r${depth}`)}`;
    const asked = `exists (select from ${from} where ${[...joined, inner].join(' and ')})`;
    return holds ? asked : `(${[...present(raw.rule, context), `not ${asked}`].join(' and ')})`;
  };
}

/** A negation never holds because a claim is missing. */
const present = (rule: Rule, context: SqlContext): readonly string[] =>
  claimsAsked(rule, context.rules).map((value) => {
    const list = context.rules.claims[value.claim]?.type.endsWith('[]') ?? false;
    return `${context.claim(value, list)} is not null`;
  });

/** Whether a rule, at any depth, looks at the rows of a table. */
export function looksAt(rule: Rule, table: string, rules: AccessRules): boolean {
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.some((part) => looksAt(part, table, rules));
    case 'not':
      return looksAt(rule.rule, table, rules);
    case 'exists':
    case 'can':
      return looksAtOther(rule, table, rules);
    default:
      return false;
  }
}

const looksAtOther = (rule: Existence, table: string, rules: AccessRules): boolean =>
  rule.table === table || looksAt(expandExists(rule, rules).rule, table, rules);
