import type { CommandContext } from '../../command/command.ts';
import { escapeControls, escapedJson } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';
import type { Claims, Rule } from '../../model/rule.ts';
import type { RoleRules } from '../../model/role-rules.ts';
import type { OperationDescription, TableDescription } from '../../rules/describe-table.ts';
import { OPERATIONS } from '../../rules/operation-rules.ts';
import { outlineRule } from '../../rules/outline-rule.ts';
import { ruleInWords } from '../../rules/rule-in-words.ts';
import { printMatrix } from './print-matrix.ts';
import { printRoleRules } from './print-role-rules.ts';
import { wrapRule, wrapText } from './wrap-rule.ts';

/** The rules to print. */
export interface DescribedRules {
  /** The principal of `--as`; absent for the rules of everyone. */
  readonly claims: Claims | undefined;
  readonly tables: readonly TableDescription[];
  /** Rules of further database roles; empty for a principal. */
  readonly roleRules: readonly RoleRules[];
  readonly withoutRules: readonly string[];
}

const LABEL = 'never changed  '.length;

/** Prints who may do what. Returns the exit code. */
export function printRules(found: DescribedRules, { io, paint, flag }: CommandContext): number {
  if (flag('json')) {
    io.stdout.write(`${escapedJson(toJson(found), 2)}\n`);
    return 0;
  }
  const width = Math.max(60, Math.min(io.stdout.columns ?? 100, 100));
  const { claims, tables, roleRules, withoutRules } = found;
  const isMatrix = claims !== undefined && tables.length + withoutRules.length > 1;
  const blocks = tables
    .filter(({ operations }) => !isMatrix || Object.values(operations).some(isOpen))
    .map((table) => printTable(table, { paint, width, onlyOpen: isMatrix }));
  const unruled = wrapText(
    `Without rules, so closed to everyone: ${withoutRules.join(', ')}`,
    width,
  );
  io.stdout.write(
    [
      ...(claims ? [[principalLine(claims)]] : []),
      ...(isMatrix ? [printMatrix(tables, withoutRules, paint)] : []),
      ...blocks,
      ...roleRules.map((own) => printRoleRules(own, { paint, width })),
      ...(withoutRules.length > 0 ? [unruled.map((line) => escapeControls(line))] : []),
    ]
      .map((lines) => `${lines.join('\n')}\n`)
      .join('\n'),
  );
  return 0;
}

const isOpen = ({ verdict }: OperationDescription): boolean => verdict === 'depends';

export const principalLine = (claims: Claims): string =>
  Object.keys(claims).length === 0
    ? 'For a principal without claims:'
    : `For ${escapeControls(JSON.stringify(claims))}:`;

interface Layout {
  readonly paint: Paint;
  readonly width: number;
  /** Leaves out the operations that the matrix decides. */
  readonly onlyOpen: boolean;
}

function printTable(
  { table, operations, immutable, serverOnly }: TableDescription,
  { paint, width, onlyOpen }: Layout,
): readonly string[] {
  const row = (label: string, lines: readonly string[]): readonly string[] =>
    lines.map(
      (line, at) =>
        `  ${at === 0 ? paint('cyan', label.padEnd(LABEL)) : ' '.repeat(LABEL)}${escapeControls(line)}`,
    );
  const room = width - LABEL - 2;
  const names = (list: readonly string[]): readonly string[] => wrapText(list.join(', '), room);
  return [
    paint('bold', escapeControls(table)),
    ...OPERATIONS.filter((operation) => !onlyOpen || isOpen(operations[operation])).flatMap(
      (operation) => row(operation, operationLines(operations[operation], table, room)),
    ),
    ...(onlyOpen ? [] : row('never changed', names(immutable))),
    ...(onlyOpen || serverOnly.length === 0 ? [] : row('server-only', names(serverOnly))),
  ];
}

/** The rules of an operation as lines. */
function operationLines(
  { rules: { before, after }, needsRead, verdict }: OperationDescription,
  table: string,
  width: number,
): readonly string[] {
  if (verdict === 'always' || verdict === 'never') return [verdict];
  const lines = (rule: Rule, room: number): readonly string[] =>
    verdict !== undefined && rule.op === 'anyone'
      ? ['always']
      : wrapRule(outlineRule(rule, table), room);
  const labelled = (label: string, rule: Rule): readonly string[] =>
    lines(rule, width - 8).map((line, at) => `${at === 0 ? label : ''}`.padEnd(8) + line);
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  const own =
    before && after && !isSame
      ? [...labelled('before:', before), ...labelled('after:', after)]
      : lines((before ?? after) as Rule, width);
  return [...own, ...(needsRead && !isClosed(before) ? ['and the user may read the row'] : [])];
}

const isClosed = (rule: Rule | undefined): boolean => rule?.op === 'nobody';

function toJson({ claims, tables, roleRules, withoutRules }: DescribedRules): unknown {
  return {
    version: 1,
    ...(claims && { claims }),
    tables: tables.map(({ operations, ...table }) => ({
      ...table,
      operations: Object.fromEntries(
        OPERATIONS.map((operation) => {
          const { rules, needsRead, verdict } = operations[operation];
          const words = Object.entries(rules).map(([when, rule]: [string, Rule]) => [
            when,
            { words: ruleInWords(rule, table.table), rule },
          ]);
          return [
            operation,
            { ...(verdict && { verdict }), ...Object.fromEntries(words), needsRead },
          ];
        }),
      ),
    })),
    ...(roleRules.length > 0 && { databaseRoles: roleRules }),
    withoutRules,
  };
}
