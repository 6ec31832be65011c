export { builtInRules, rulesOf } from './built-in-rules.ts';
export {
  defineRule,
  type LintInput,
  type LintRule,
  type Preset,
  type RuleExample,
  type Violation,
} from './lint-rule.ts';
export { runRules, type RunOptions } from './run-rules.ts';
export type { Schema } from '../model/schema.ts';
