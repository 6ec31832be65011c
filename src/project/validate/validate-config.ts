import type { LintRule, Preset } from '../../check/lint-rule.ts';

/** What `garden validate` looks for. */
export interface ValidateConfig {
  /** The rules to run, by the presets that have them; `recommended` where it is left out. */
  readonly presets?: readonly Preset[];
  /** Rules that are louder, quieter, or off; a rule that no preset has is switched on. */
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'off'>>;
  /** Findings that are accepted, each for one object and with the reason. */
  readonly ignore?: readonly IgnoreSetting[];
  /** Rules of the project's own, made with `defineRule()`. */
  readonly ownRules?: readonly LintRule[];
}

export interface IgnoreSetting {
  /** The code of the finding: `lint/foreign-key-index`. */
  readonly rule: string;
  /** The object of the finding: `notes.author_id`. */
  readonly object: string;
  readonly reason: string;
}
