import type { AccessRules, Rule, TableRules } from '../../model/rule.ts';
import type { Table } from '../../model/table.ts';
import { ProblemError } from '../../report/problem.ts';
import { aboutRules } from './about-rules.ts';

/**
 * Refuses rules that depend on themselves through other tables' rules. Rows seen through
 * `visible` and `can` are checked by those tables' own rules; a cycle has no starting
 * point, and Postgres would stop with infinite recursion.
 */
export function refuseCycles(rules: AccessRules, tables: readonly Table[]): void {
  const settled = new Set<string>();
  const visit = (table: string, path: readonly Borrowing[]): void => {
    const [first, ...others] = path.slice(path.findIndex((step) => step.table === table));
    if (first?.table === table) throw cycle([first, ...others], tables);
    if (settled.has(table)) return;
    for (const step of borrowings(rules.tables[table])) visit(step.from, [...path, step]);
    settled.add(table);
  };
  for (const table of Object.keys(rules.tables)) visit(table, []);
}

/**
 * Refuses `visible` and `can` over a table without rules, because nobody can see or write
 * its rows.
 */
export function refuseWithoutRules(rules: AccessRules, tables: readonly Table[]): void {
  for (const { table, operation, from } of Object.values(rules.tables).flatMap(borrowings)) {
    if (rules.tables[from]) continue;
    throw new ProblemError({
      code: 'access/no-rules',
      message: `the rule of ${table} for ${operation} uses the rules of ${from}, which has none.`,
      ...aboutRules([{ table, operation }, { table: from }], tables),
      fix: `add access() to ${from} and export it with ${table}, or consider all of its rows: exists(…, { rows: 'raw' }).`,
    });
  }
}

function cycle(
  steps: readonly [Borrowing, ...Borrowing[]],
  tables: readonly Table[],
): ProblemError {
  const path = [...steps, steps[0]].map(({ table }) => table);
  return new ProblemError({
    code: 'access/cycle',
    message: `the access rules of ${steps[0].table} form a cycle: ${path.join(' -> ')}.`,
    ...aboutRules(steps, tables),
    fix: "in one of these, write the condition explicitly over all rows: exists(…, { rows: 'raw' }).",
  });
}

/** A table whose rule for an operation uses the rules of another table. */
interface Borrowing {
  readonly table: string;
  readonly operation: string;
  readonly from: string;
}

function borrowings(rules: TableRules | undefined): readonly Borrowing[] {
  if (!rules) return [];
  const { table, read, insert, update, delete: remove } = rules;
  return Object.entries({
    read,
    insert,
    'update.from': update.from,
    'update.to': update.to,
    delete: remove,
  }).flatMap(([operation, rule]) => borrowed(rule).map((from) => ({ table, operation, from })));
}

/** The tables whose rules a rule uses. */
function borrowed(rule: Rule): readonly string[] {
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.flatMap(borrowed);
    case 'not':
      return borrowed(rule.rule);
    case 'exists':
      return [...(rule.rows === 'visible' ? [rule.table] : []), ...borrowed(rule.rule)];
    case 'can':
      return [rule.table];
    default:
      return [];
  }
}
