import type { CommandContext } from '../../../command/command.ts';
import { escapeControls, escapedJson } from '../../../command/escape-controls.ts';
import type { Paint } from '../../../command/paint.ts';
import type { AccessDiff } from '../../../testing/access/diff/diff-access.ts';
import { groupChanges, type ChangedOperation, type DiffNames } from './group-changes.ts';
import { coverageLines } from './coverage-lines.ts';
import { printMarkdown } from './print-markdown.ts';
import { principalInWords } from './principal-in-words.ts';

/** Prints a comparison of two versions. */
export function printDiff(diff: AccessDiff, names: DiffNames, context: CommandContext): void {
  const { io, paint, flag } = context;
  if (flag('json')) {
    io.stdout.write(`${escapedJson(toJson(diff, names), 2)}\n`);
    return;
  }
  const lines = flag('markdown') ? printMarkdown(diff, names) : printText(diff, names, paint);
  io.stdout.write(`${lines.join('\n')}\n`);
}

function toJson({ changes, seed, asked, unchanged }: AccessDiff, names: DiffNames): unknown {
  return {
    version: 1,
    ...names,
    changes: changes.map(({ principal, ...one }) => ({
      ...one,
      principal: { words: principalInWords(principal, one.table), ...principal },
    })),
    seed,
    asked,
    unchanged,
  };
}

function printText(diff: AccessDiff, { before, after }: DiffNames, paint: Paint): string[] {
  const groups = groupChanges(diff);
  const tables = [...new Set(groups.map(({ table }) => table))];
  return [
    `The rules of ${after}, compared with ${before}:`,
    '',
    ...tables.flatMap((table) => [
      paint('bold', escapeControls(table)),
      ...groups.filter((group) => group.table === table).flatMap((one) => printGroup(one, paint)),
      '',
    ]),
    ...coverageLines(diff),
  ];
}

function printGroup(
  { change, operation, principals, rows }: ChangedOperation,
  paint: Paint,
): readonly string[] {
  const width = Math.max(...principals.map(({ who }) => who.length));
  const title =
    change === 'gain' ? paint('red', `+ ${operation}`) : paint('green', `- ${operation}`);
  return [
    `  ${title}  ${change === 'gain' ? 'is gained by' : 'is lost by'}`,
    ...principals.map(
      ({ who, claims }) => `      ${escapeControls(`${who.padEnd(width)}  ${claims}`)}`,
    ),
    ...rows.map((line, at) => `    ${at === 0 ? 'who ' : '    '}${escapeControls(line)}`),
  ];
}
