import type { CommandContext } from '../../command/command.ts';
import { escapeControls, escapedJson } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';
import type { Claims } from '../../model/rule.ts';
import { decidingWords } from '../../guard/why/decide.ts';
import type { ExplainedOperation, RowExplanation } from '../../guard/why/explain-row.ts';
import type { Verdict } from '../../guard/why/verdict.ts';
import { principalLine } from './print-rules.ts';
import { printTrace } from './print-trace.ts';

/** Prints the verdicts on a row. The exit code is 1 if they disagree. */
export function printWhy(
  found: RowExplanation,
  { claims, database }: { readonly claims: Claims; readonly database: string },
  { io, paint, flag }: CommandContext,
): number {
  const code = found.operations.some(({ differ }) => differ) ? 1 : 0;
  if (flag('json')) {
    const operations = found.operations.map((one) => ({ ...one, decidedBy: decidedBy(one) }));
    io.stdout.write(`${escapedJson({ version: 1, claims, database, ...found, operations }, 2)}\n`);
    return code;
  }
  const width = Math.max(60, Math.min(io.stdout.columns ?? 100, 100));
  const key = Object.entries(found.key).map(([column, value]) => `${column} = ${value}`);
  const title = `${found.table} with ${key.join(' and ')}`;
  const where = paint('dim', escapeControls(`in ${database}`));
  io.stdout.write(
    [
      [principalLine(claims), `${paint('bold', escapeControls(title))} ${where}`],
      ...found.operations.map((one) => printOperation(one, paint, width)),
    ]
      .map((lines) => `${lines.join('\n')}\n`)
      .join('\n'),
  );
  return code;
}

/** The parts that decide: of the first rule that denies, or of all rules. */
function decidedBy({ rules }: ExplainedOperation): readonly string[] {
  const failed = rules.find(({ trace }) => trace.truth !== 'true');
  return (failed ? [failed] : rules).flatMap(({ trace }) => decidingWords(trace));
}

function printOperation(one: ExplainedOperation, paint: Paint, width: number): readonly string[] {
  const { operation, rules, rulesSay, policiesSay, guardSays, differ, isHidden } = one;
  const line = (name: string, { because, ...verdict }: Verdict): string =>
    `  ${name.padEnd(9)} ${answer(verdict.allows, paint)}  ${escapeControls(because)}`;
  return [
    paint('bold', operation),
    ...(differ ? [disagreement(one, paint)] : []),
    line('rules', rulesSay),
    line('policies', policiesSay),
    line('guard', guardSays),
    ...(isHidden ? ['  The new row is not readable: Zero and RETURNING refuse the insert.'] : []),
    ...(isOnlyNewRow(one)
      ? ['  The row was left unchanged; another new row may meet update.to.']
      : []),
    ...rules.flatMap(({ name, trace }) =>
      name !== operation && name === 'read'
        ? [paint('dim', `  rule read  ${trace.truth}, see above`)]
        : [
            `  ${paint('cyan', `rule ${name}`)}`,
            ...printTrace(trace, paint, width - 4).map((text) => `    ${text}`),
          ],
    ),
  ];
}

/** Whether an update fails only because the row is not changed into one that `to` allows. */
const isOnlyNewRow = ({ operation, rules }: ExplainedOperation): boolean =>
  operation === 'update' && rules.find(({ trace }) => trace.truth !== 'true')?.name === 'update.to';

function answer(allows: boolean | undefined, paint: Paint): string {
  if (allows === undefined) return paint('yellow', 'not asked');
  return allows ? paint('green', 'allow    ') : paint('red', 'deny     ');
}

function disagreement(
  { rulesSay, policiesSay, guardSays }: ExplainedOperation,
  paint: Paint,
): string {
  const said = Object.entries({ rules: rulesSay, policies: policiesSay, guard: guardSays })
    .filter(([, { allows }]) => allows !== undefined)
    .map(([name, { allows }]) => `${name} ${allows === true ? 'allow' : 'deny'}`);
  return [
    paint('red', `  DISAGREEMENT: ${said.join(', ')}.`),
    '  The policies of this database differ from the rules in the schema. Run',
    '  `garden generate` and `garden migrate`. If they still differ, report it as a bug.',
  ].join('\n');
}
