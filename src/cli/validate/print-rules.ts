import { builtInRules } from '../../check/built-in-rules.ts';
import type { LintRule, RuleOption } from '../../check/lint-rule.ts';
import { migrationRules } from '../../check/migrations/migration-rules.ts';
import type { CommandContext } from '../../command/command.ts';
import type { Paint } from '../../command/paint.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

const all: readonly LintRule[] = [...builtInRules, ...migrationRules];

/** Lists the rules, or explains one. */
export function printRules(
  { io, paint }: Pick<CommandContext, 'io' | 'paint'>,
  code: string | undefined,
  json: boolean,
): number {
  const rules = code === undefined ? all : [findRule(code)];
  const [first] = rules;
  const text = json
    ? `${JSON.stringify({ version: 1, rules }, undefined, 2)}\n`
    : code === undefined || first === undefined
      ? listRules(rules, paint)
      : explainRule(first, paint);
  io.stdout.write(text);
  return 0;
}

function findRule(code: string): LintRule {
  const rule = all.find((one) => one.code === code || one.code.split('/')[1] === code);
  if (rule !== undefined) return rule;
  const codes = all.map((one) => one.code);
  const nearest = nearestName(code, codes);
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `there is no rule ${JSON.stringify(code)}.`,
    fix:
      nearest === undefined ? '`garden validate --rules` lists all.' : `did you mean ${nearest}?`,
  });
}

function listRules(rules: readonly LintRule[], paint: Paint): string {
  const width = Math.max(...rules.map(({ code }) => code.length));
  const presetWidth = Math.max(...rules.map(({ presets }) => presets.join(', ').length));
  return rules
    .map(({ code, severity, presets, title }) => {
      const colour = severity === 'error' ? 'red' : 'yellow';
      const about = `${severity.padEnd(7)}  ${presets.join(', ').padEnd(presetWidth)}  ${title}`;
      return `${paint(colour, code)}${' '.repeat(width - code.length)}  ${about}\n`;
    })
    .join('');
}

/** One line per option, with its default. */
function optionLines({ options = {} }: LintRule): readonly string[] {
  const all = Object.entries(options as Readonly<Record<string, RuleOption<unknown>>>);
  const lines = all.map(
    ([name, { default: standard, help }]) =>
      `  ${name}: ${help}; ${JSON.stringify(standard)} by default`,
  );
  return lines.length === 0 ? [] : [`Options\n${lines.join('\n')}`];
}

function explainRule(rule: LintRule, paint: Paint): string {
  const { code, severity, presets, inputs, title, why, example, opposite = [] } = rule;
  const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
  return [
    `${paint('bold', code)}: ${title}`,
    why,
    `Severity: ${severity}. Presets: ${presets.join(', ')}. Judges: ${inputs.join(', ')}.`,
    ...optionLines(rule),
    ...(opposite.length === 0 ? [] : [`Contradicts: ${opposite.join(', ')}.`]),
    `${paint('red', 'Reported')}\n${indent(example.bad)}`,
    `${paint('green', 'Not reported')}\n${indent(example.good)}\n`,
  ].join('\n\n');
}
