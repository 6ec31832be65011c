import { claimsUsed, expandExists } from '../rules/expand-rule.ts';
import { quoteName, quoteTable } from '../model/quote-sql.ts';
import { ruleToSql, type Existence, type SqlContext } from '../rules/rule-to-sql.ts';
import type { AccessRules, Rule } from '../model/rule.ts';

/** The state of a table before a write: without the row, or with its old version. */
export type TableState = 'without the row' | 'with the row before';

/**
 * Evaluates `exists` over the written table as it was before the write, as Postgres does in
 * policies. Otherwise a row could authorize itself: a check for team membership would find the row
 * that adds the user to the team.
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
    const existsSql = `exists (select from ${from} where ${[...joined, inner].join(' and ')})`;
    return holds
      ? existsSql
      : `(${[...present(raw.rule, context), `not ${existsSql}`].join(' and ')})`;
  };
}

/** A negation is never true because a claim is missing. */
const present = (rule: Rule, context: SqlContext): readonly string[] =>
  claimsUsed(rule, context.rules).map((value) => {
    const list = context.rules.claims[value.claim]?.type.endsWith('[]') ?? false;
    return `${context.claim(value, list)} is not null`;
  });

/** Whether a rule, at any depth, reads rows of a table. */
export function readsTable(rule: Rule, table: string, rules: AccessRules): boolean {
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.some((part) => readsTable(part, table, rules));
    case 'not':
      return readsTable(rule.rule, table, rules);
    case 'exists':
    case 'can':
      return otherTableReads(rule, table, rules);
    default:
      return false;
  }
}

const otherTableReads = (rule: Existence, table: string, rules: AccessRules): boolean =>
  rule.table === table || readsTable(expandExists(rule, rules).rule, table, rules);
