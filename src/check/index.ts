export { builtInRules, rulesOf } from './built-in-rules.ts';
export {
  defineRule,
  type LintInput,
  type LintRule,
  type Paste,
  type Preset,
  type RuleExample,
  type RuleOption,
  type Violation,
} from './lint-rule.ts';
export type { RuleOptions } from './rule-options.ts';
export type { RuleSetting, RuleSettings } from './rule-settings.ts';
export { runRules, type RunOptions } from './run-rules.ts';
export type { Schema } from '../model/schema.ts';
