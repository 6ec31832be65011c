import type { Rule, TableRules } from '../model/rule.ts';

/** The ids of the tables whose visible rows are read by the policies of a table. */
export function tablesSeenBy(rules: TableRules): readonly string[] {
  const seen = new Set<string>();
  const visit = (rule: Rule): void => {
    if (rule.op === 'exists' && rule.rows === 'visible') seen.add(rule.table);
    if (rule.op === 'and' || rule.op === 'or') rule.rules.forEach(visit);
    if (rule.op === 'not' || rule.op === 'exists') visit(rule.rule);
  };
  const { read, insert, update, delete: remove } = rules;
  [read, insert, update.from, update.to, remove].forEach(visit);
  return [...seen];
}
