import type { LintRule, Preset } from './lint-rule.ts';
import type { RuleSettings } from './rule-settings.ts';

/** What `garden validate` looks for. */
export interface ValidateConfig {
  /** The rules to run, by the presets that have them; `recommended` where it is left out. */
  readonly presets?: readonly Preset[];
  /**
   * The severity of single rules, or `off`, and their options:
   * `['warning', { precision: 6 }]`. A rule that no preset has is switched on.
   */
  readonly rules?: RuleSettings;
  /** Findings that are accepted, each for one object and with the reason. */
  readonly ignore?: readonly IgnoreSetting[];
  /** Rules of the project's own, made with `defineRule()`. */
  readonly ownRules?: readonly LintRule[];
  /**
   * What `garden generate` does with errors of these rules: `report` prints them and is
   * the default, `fail` also exits with 1, `off` does not look for them.
   */
  readonly generate?: 'report' | 'fail' | 'off';
}

export interface IgnoreSetting {
  /** The code of the finding: `lint/foreign-key-index`. */
  readonly rule: string;
  /** The object of the finding: `notes.author_id`. */
  readonly object: string;
  readonly reason: string;
}
