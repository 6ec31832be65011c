import { nearestName } from '../report/nearest-name.ts';
import { ProblemError, type Finding } from '../report/problem.ts';
import { builtInRules, rulesOf } from './built-in-rules.ts';
import type { LintRule, Preset, RuleOption } from './lint-rule.ts';
import { migrationRules } from './migrations/migration-rules.ts';
import { givenOptions, isLike, levelOf, type RuleSettings } from './rule-settings.ts';
import type { ValidateConfig } from './validate-config.ts';

/** The rules that a config enables, and the problems of its settings. */
export interface ChosenRules {
  readonly rules: readonly LintRule[];
  /** All known rules. */
  readonly known: readonly LintRule[];
  readonly findings: readonly Finding[];
}

/** Throws if two of the rules contradict each other. */
export function chosenRules({
  presets = ['recommended'],
  rules: settings = {},
  ownRules = [],
}: ValidateConfig): ChosenRules {
  const known = [...builtInRules, ...migrationRules, ...ownRules];
  const codes = known.map(({ code }) => code);
  const isChosen = (preset: Preset): boolean => presets.includes(preset);
  const ofMigrations = migrationRules.filter((rule) => rule.presets.some(isChosen));
  const chosen = new Set([...rulesOf(presets), ...ofMigrations, ...ownRules]);
  for (const rule of known) if (settings[rule.code] !== undefined) chosen.add(rule);
  const rules = [...chosen].filter(({ code }) => levelOf(settings[code]) !== 'off');
  refuseOpposites(rules);
  return {
    known,
    rules,
    findings: [
      ...Object.keys(settings)
        .filter((code) => !codes.includes(code))
        .map((code) => unknownRule(code, codes)),
      ...known.flatMap((rule) => wrongOptions(rule, settings)),
    ],
  };
}

function refuseOpposites(rules: readonly LintRule[]): void {
  for (const rule of rules) {
    const other = rules.find(({ code }) => rule.opposite?.includes(code));
    if (other === undefined) continue;
    const [first, second] = [rule, other].map(({ code, presets }) =>
      presets.length === 0
        ? code
        : `${code} of the preset${presets.length === 1 ? '' : 's'} ${presets.join(', ')}`,
    );
    throw new ProblemError({
      stage: 'config',
      code: 'check/opposite-rules',
      message: `the rules ${first} and ${second} contradict each other.`,
      fix: `choose one of the presets, or set validate.rules['${other.code}']: 'off'.`,
    });
  }
}

function unknownRule(code: string, codes: readonly string[]): Finding {
  const nearest = nearestName(code, codes);
  return {
    severity: 'error',
    code: 'check/unknown-rule',
    message: `there is no rule ${JSON.stringify(code)}.`,
    settings: [['validate', 'rules', code]],
    fix:
      nearest === undefined ? '`garden validate --rules` lists all.' : `did you mean ${nearest}?`,
  };
}

function wrongOptions(
  { code, options = {} }: LintRule,
  settings: RuleSettings,
): readonly Finding[] {
  const specs = Object.entries(options as Readonly<Record<string, RuleOption<unknown>>>);
  const names = specs.map(([name]) => name);
  return Object.entries(givenOptions(settings[code])).flatMap(
    ([name, value]): readonly Finding[] => {
      const wrong = {
        severity: 'error',
        code: 'check/wrong-option',
        settings: [['validate', 'rules', code]],
      } as const;
      const spec = specs.find(([known]) => known === name)?.[1];
      if (spec === undefined) {
        const nearest = nearestName(name, names);
        return [
          {
            ...wrong,
            message: `${code} has no option ${JSON.stringify(name)}.`,
            fix:
              nearest !== undefined
                ? `did you mean ${nearest}?`
                : names.length === 0
                  ? 'remove it: the rule has no options.'
                  : `its options are: ${names.join(', ')}.`,
          },
        ];
      }
      if (isLike(value, spec.default)) return [];
      return [
        {
          ...wrong,
          message: `the option ${name} of ${code} is ${JSON.stringify(value) ?? String(value)}.`,
          fix: `write a value like its default, ${JSON.stringify(spec.default)}: ${spec.help}.`,
        },
      ];
    },
  );
}
