import type { TableRules } from '../../model/rule.ts';
import type { Disagreement } from './compare-world.ts';
import { showRule } from './show-rule.ts';
import type { Hop, Reading, World } from './world.ts';

/** Describes a wrong answer with its rules, rows and principal. */
export function showDisagreement(world: World, found: Disagreement): string {
  const lines = [
    `${found.enforcer} and the oracle disagree.`,
    ...Object.values(world.rules.tables).flatMap(showTableRules),
    ...Object.entries(world.rows).flatMap(([table, rows]) =>
      rows.map((row) => `row   ${table} ${JSON.stringify(row)}`),
    ),
    `who   ${JSON.stringify(found.claims)}`,
    `asks  ${showQuestion(found.question)}`,
    `oracle: ${JSON.stringify(found.expected)}`,
    `${found.enforcer}: ${found.said instanceof Error ? `threw ${found.said.message}` : JSON.stringify(found.said)}`,
  ];
  return lines.join('\n');
}

function showTableRules({
  table,
  read,
  insert,
  update,
  delete: remove,
  key,
  immutable,
}: TableRules): string[] {
  const rules = {
    read,
    insert,
    'update from': update.from,
    'update to': update.to,
    delete: remove,
  };
  const lines = Object.entries(rules).flatMap(([operation, rule]) =>
    rule.op === 'nobody' ? [] : [`rule  ${table} ${operation}: ${showRule(rule)}`],
  );
  const fixed = immutable.filter((column) => !key.includes(column));
  return fixed.length > 0 ? [...lines, `fixed ${table} ${fixed.join(', ')}`] : lines;
}

function showQuestion(question: Disagreement['question']): string {
  if ('reading' in question) return `for ${showReading(question.reading)}`;
  const { write } = question;
  switch (write.operation) {
    case 'insert':
      return `to insert into ${write.table} ${JSON.stringify(write.row)}`;
    case 'update':
      return `to update ${write.table} ${JSON.stringify(write.key)} with ${JSON.stringify(write.changes)}`;
    case 'delete':
      return `to delete from ${write.table} ${JSON.stringify(write.key)}`;
  }
}

function showReading({ table, having, related = [], filter, page }: Reading): string {
  const hop = (word: string, to: Hop): string =>
    ` ${word} (${showReading(to)} on ${to.on.map(({ other, own }) => `${other} = ${own}`).join(' and ')})`;
  return [
    table,
    having ? hop('having', having) : '',
    ...related.map((to) => hop('with', to)),
    filter ? ` where ${JSON.stringify(filter)}` : '',
    page ? ` page ${JSON.stringify(page)}` : '',
  ].join('');
}
