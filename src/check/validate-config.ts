import type { LintRule, Preset } from './lint-rule.ts';
import type { RuleSettings } from './rule-settings.ts';

/** The `validate` settings of garden.config.ts. */
export interface ValidateConfig {
  /** The presets whose rules run. `recommended` by default. */
  readonly presets?: readonly Preset[];
  /**
   * The severity of single rules, or `off`, and their options: `['warning', { precision: 6 }]`.
   * This also enables a rule that is in no chosen preset.
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
