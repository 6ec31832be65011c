import type { OperationQuestions } from '../../../testing/access/diff/diff-coverage.ts';
import type { AccessDiff } from '../../../testing/access/diff/diff-access.ts';

/** The number of tested questions, as lines. Lists each operation only if nothing was found. */
export function coverageLines({ changes, asked, unchanged, seed }: AccessDiff): readonly string[] {
  const gains = changes.filter(({ change }) => change === 'gain').length;
  const losses = changes.length - gains;
  const found =
    changes.length === 0
      ? 'No principal gains or loses an operation.'
      : `${count(gains, 'gain')}, ${count(losses, 'loss', 'losses')}.`;
  const same = `${count(unchanged, 'operation has', 'operations have')} the same rules in both versions.`;
  if (asked.length === 0) return [`${found} ${same}`];
  const questions = asked.reduce((sum, one) => sum + one.questions, 0);
  return [
    `${found} ${count(questions, 'question was', 'questions were')} asked about the ${count(asked.length, 'operation')} whose rules differ (seed ${seed}); ${same}`,
    ...(changes.length === 0 ? asked.map(operationLine) : []),
  ];
}

function operationLine(one: OperationQuestions): string {
  const { table, operation, column, questions, allowedByBoth, deniedByBoth } = one;
  const of = column === undefined ? '' : ` of ${column}`;
  const conditions =
    one.conditions === 0
      ? ''
      : `; ${one.covered} of ${count(one.conditions, 'condition')} both true and not true`;
  return `  ${table} ${operation}${of}: ${count(questions, 'question')}, ${number(allowedByBoth)} allowed by both, ${number(deniedByBoth)} denied by both${conditions}`;
}

const number = (value: number): string => value.toLocaleString('en-US');

const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;
