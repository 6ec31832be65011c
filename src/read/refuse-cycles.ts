import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import { ProblemError } from '../problem.ts';

/**
 * Refuses rules that lead back to themselves by way of other tables' rules. Rows
 * seen through `visible` and `can` are judged by those tables' own rules; in a
 * circle there is no first one, and Postgres would stop with infinite recursion.
 */
export function refuseCycles(rules: AccessRules): void {
  const settled = new Set<string>();
  const visit = (table: string, path: readonly string[]): void => {
    if (path.includes(table)) throw cycle([...path.slice(path.indexOf(table)), table]);
    if (settled.has(table)) return;
    for (const next of borrowed(rules.tables[table])) visit(next, [...path, table]);
    settled.add(table);
  };
  for (const table of Object.keys(rules.tables)) visit(table, []);
}

function cycle(path: readonly string[]): ProblemError {
  return new ProblemError({
    code: 'access/cycle',
    message: `the access rules of ${path[0] ?? ''} lead back to themselves: ${path.join(' -> ')}.`,
    at: [...new Set(path)],
    fix: "at one of these, write the condition out and look at all rows: exists(…, { rows: 'raw' }).",
  });
}

/** The tables whose own rules a table's rules borrow. */
function borrowed(table: TableRules | undefined): readonly string[] {
  if (!table) return [];
  const found = new Set<string>();
  const visit = (rule: Rule): void => {
    switch (rule.op) {
      case 'and':
      case 'or':
        rule.rules.forEach(visit);
        break;
      case 'not':
        visit(rule.rule);
        break;
      case 'exists':
        if (rule.rows === 'visible') found.add(rule.table);
        visit(rule.rule);
        break;
      case 'can':
        found.add(rule.table);
        break;
      default:
    }
  };
  const { read, insert, update, delete: remove } = table;
  [read, insert, update.from, update.to, remove].forEach(visit);
  return [...found];
}
