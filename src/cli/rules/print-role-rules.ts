import { escapeControls } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';
import type { RoleCommand, RoleRules } from '../../model/role-rules.ts';
import { outlineRule } from '../../rules/outline-rule.ts';
import { wrapRule, wrapText } from './wrap-rule.ts';

const LABELS: readonly (readonly [RoleCommand, string])[] = [
  ['select', 'read'],
  ['insert', 'insert'],
  ['update', 'update'],
  ['delete', 'delete'],
];
const LABEL = 'never changed  '.length;

/** The rules of an additional database role for a table, as lines. */
export function printRoleRules(
  { role, table, operations }: RoleRules,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): readonly string[] {
  const room = width - LABEL - 2;
  return [
    paint('bold', escapeControls(`${table}, as the database role ${role}`)),
    ...LABELS.flatMap(([command, label]) => {
      const operation = operations[command];
      const lines =
        operation === undefined
          ? ['never']
          : [
              ...(operation.rows.op === 'anyone'
                ? ['every row']
                : wrapRule(outlineRule(operation.rows, table), room)),
              ...(command === 'delete'
                ? []
                : wrapText(`columns: ${operation.columns.join(', ')}`, room)),
            ];
      return lines.map(
        (line, at) =>
          `  ${at === 0 ? paint('cyan', label.padEnd(LABEL)) : ' '.repeat(LABEL)}${escapeControls(line)}`,
      );
    }),
  ];
}
