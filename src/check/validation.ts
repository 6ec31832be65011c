import type { NamedPlace } from '../report/place.ts';
import type { Finding } from '../report/problem.ts';
import type { LintRule } from './lint-rule.ts';

/** What is known about a schema after its rules ran. Every output format prints it. */
export interface Validation {
  readonly findings: readonly Finding[];
  /** Findings that the settings or a comment accept. */
  readonly ignored: readonly IgnoredFinding[];
  /** What could not be judged, which is never reported as passed. */
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
  /** Absent if no rule could judge the object. */
  readonly rule?: string;
  /** Absent if the rule judged nothing at all. */
  readonly object?: string;
  readonly places?: readonly NamedPlace[];
  /** Without the full stop of a sentence. */
  readonly reason: string;
}

export interface BaselineResult {
  /** As it was typed. */
  readonly file: string;
  /** Findings that the baseline accepts. */
  readonly accepted: readonly Finding[];
  /** The number of its entries whose finding is gone. */
  readonly gone: number;
  /** What became of the file. `unwritable` if entries are gone and it is read-only. */
  readonly state: 'unchanged' | 'shrunk' | 'created' | 'unwritable';
}
