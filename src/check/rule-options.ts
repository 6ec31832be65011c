import type { TimestampPrecisionOptions } from './rules/timestamp-precision.ts';

/** The options of the built-in rules that have some, by code. A test holds it against the rules. */
export interface RuleOptions {
  readonly 'lint/timestamp-precision': TimestampPrecisionOptions;
}
