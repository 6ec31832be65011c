import type { AccessDiff } from '../../../testing/access/diff/diff-access.ts';
import { coverageLines } from './coverage-lines.ts';
import { groupChanges, type DiffNames } from './group-changes.ts';

/** A comparison as Markdown, for the description of a pull request. */
export function printMarkdown(diff: AccessDiff, { before, after }: DiffNames): readonly string[] {
  const groups = groupChanges(diff);
  const title = `### Access rules: ${after} compared with ${before}`;
  const [summary = '', ...operations] = coverageLines(diff);
  if (groups.length === 0) {
    return [title, '', summary, '', ...operations.map((line) => `- ${line.trim()}`)];
  }
  return [
    title,
    '',
    '| | table | operation | who |',
    '| --- | --- | --- | --- |',
    ...groups.map(({ change, table, operation, principals }) => {
      const who = principals.map((one) => cell(one.who)).join('<br>');
      return `| ${change === 'gain' ? '➕ gained' : '➖ lost'} | ${cell(table)} | ${cell(operation)} | ${who} |`;
    }),
    '',
    '<details><summary>Examples</summary>',
    '',
    ...groups.flatMap(({ change, table, operation, principals, rows }) => [
      `**${cell(table)}**: ${cell(operation)} is ${change === 'gain' ? 'gained' : 'lost'}`,
      '',
      '```',
      ...principals.map(({ who, claims }) => `${who}  ${claims}`),
      ...rows,
      '```',
      '',
    ]),
    '</details>',
    '',
    summary,
  ];
}

/** Text in a cell of a table. */
const cell = (text: string): string =>
  text.replaceAll(/[\\`*_<>|[\]]/g, '\\$&').replaceAll('\n', ' ');
