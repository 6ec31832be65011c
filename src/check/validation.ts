import type { NamedPlace } from '../report/place.ts';
import type { Finding } from '../report/problem.ts';
import type { LintRule } from './lint-rule.ts';

/** The result of running the rules on a schema. Every output format prints it. */
export interface Validation {
  readonly findings: readonly Finding[];
  /** Findings that are accepted by the settings or a comment. */
  readonly ignored: readonly IgnoredFinding[];
  /** Rules and objects that could not be judged. They never count as passed. */
  readonly notJudged: readonly NotJudged[];
  /** The number of tables. */
  readonly tables: number;
  /** The rules that ran. */
  readonly rules: readonly LintRule[];
  /** Set if the run has a baseline. */
  readonly baseline?: BaselineResult;
}

export type IgnoredFinding = Finding & { readonly reason: string };

/** A rule that could not judge the schema, or an object that could not be read. */
export interface NotJudged {
  /** The rule; absent if no rule could judge the object. */
  readonly rule?: string;
  /** The object; absent if the rule judged nothing. */
  readonly object?: string;
  readonly places?: readonly NamedPlace[];
  /** A sentence without its full stop. */
  readonly reason: string;
}

export interface BaselineResult {
  /** The path as the user typed it. */
  readonly file: string;
  /** Findings that the baseline accepts. */
  readonly accepted: readonly Finding[];
  /** The number of entries in the file whose finding is gone. */
  readonly gone: number;
  /** The change to the file. `unwritable`: entries are gone, but the file is read-only. */
  readonly state: 'unchanged' | 'shrunk' | 'created' | 'unwritable';
}
