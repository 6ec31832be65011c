import type { Finding } from '../report/problem.ts';
import type { LintRule, RuleOption } from './lint-rule.ts';
import type { RuleOptions } from './rule-options.ts';

/** The severity of a rule's findings, or `off`. */
export type Level = Finding['severity'] | 'off';

/** `'error'`, or with options `['error', { precision: 6 }]`. */
export type RuleSetting<Options extends object = object> = Level | readonly [Level, Options];

/** Settings by rule. The options of built-in rules are typed; those of other rules are not. */
export type RuleSettings = {
  readonly [Code in keyof RuleOptions]?: RuleSetting<Partial<RuleOptions[Code]>>;
} & Readonly<Record<string, RuleSetting>>;

export const levelOf = (setting: RuleSetting | undefined): Level | undefined =>
  typeof setting === 'object' ? setting[0] : setting;

/** All options of a rule: the configured values, or the defaults. */
export function optionsOf({ options = {} }: LintRule, setting: RuleSetting | undefined): object {
  const given = givenOptions(setting);
  return Object.fromEntries(
    Object.entries(options as Readonly<Record<string, RuleOption<unknown>>>).map(
      ([name, { default: standard }]) => [
        name,
        isLike(given[name], standard) ? given[name] : standard,
      ],
    ),
  );
}

export const givenOptions = (setting: RuleSetting | undefined): Readonly<Record<string, unknown>> =>
  typeof setting === 'object' ? { ...setting[1] } : {};

/** Whether a value has the type of a default: string, number, boolean, or list of strings. */
export function isLike(value: unknown, standard: unknown): boolean {
  if (Array.isArray(standard))
    return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return typeof value === typeof standard && !Number.isNaN(value);
}
