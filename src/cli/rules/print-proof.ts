import type { CommandContext } from '../../command/command.ts';
import { escapeControls, escapedJson } from '../../command/escape-controls.ts';
import type { AccessDrift } from '../../testing/access/prove/access-drift.ts';
import { comparisonLines } from '../../testing/access/comparison-lines.ts';
import type { RulesProof } from '../../testing/access/prove/prove-rules.ts';

/** Prints the result of a proof. Returns the exit code. */
export function printProof(
  proof: RulesProof,
  database: string | undefined,
  { io, paint, flag }: CommandContext,
): number {
  const { comparison, disagreement, migrationDrift, databaseDrift = [] } = proof;
  const drift = [...migrationDrift, ...databaseDrift];
  const code = disagreement === undefined && drift.length === 0 ? 0 : 1;
  if (flag('json')) {
    io.stdout.write(`${escapedJson({ version: 1, ...proof }, 2)}\n`);
    return code;
  }
  const lines = [
    ...(disagreement === undefined ? [] : [paint('red', 'DISAGREEMENT'), disagreement, '']),
    ...(comparison ? comparisonLines(comparison) : []),
    ...(migrationDrift.length === 0
      ? []
      : [
          `${paint('red', 'DRIFT')}: the migrations differ from the rules, so nothing was compared. Run \`garden generate\`.`,
          ...migrationDrift.flatMap(driftLines),
        ]),
    ...(database === undefined
      ? []
      : databaseLines(databaseDrift, database, paint('red', 'DRIFT'))),
  ];
  io.stdout.write(`${lines.map((line) => escapeLines(line)).join('\n')}\n`);
  return code;
}

const escapeLines = (text: string): string => text.split('\n').map(escapeControls).join('\n');

function databaseLines(
  drift: readonly AccessDrift[],
  database: string,
  title: string,
): readonly string[] {
  if (drift.length === 0)
    return [`policies, grants and functions of ${database}: as the rules require`];
  return [
    `${title}: ${database} differs from the rules. Run \`garden migrate\`; undo changes made by hand.`,
    ...drift.flatMap(driftLines),
  ];
}

function driftLines({ object, expected, found }: AccessDrift): readonly string[] {
  return [
    `  ${object}`,
    `    rules     ${expected === undefined ? 'none' : inline(expected)}`,
    `    database  ${found === undefined ? 'missing' : inline(found)}`,
  ];
}

const inline = (text: string): string => text.replaceAll(/\s+/g, ' ').trim() || 'none';
