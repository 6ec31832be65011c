import type { NameOptions } from './name-pattern.ts';
import type { MandatoryColumnsOptions } from './rules/mandatory-columns.ts';
import type { PluralTableOptions } from './rules/plural-table.ts';
import type { PolicyCallPerRowOptions } from './rules/policy-call-per-row.ts';
import type { TimestampDefaultOptions } from './rules/timestamp-default.ts';
import type { TimestampPrecisionOptions } from './rules/timestamp-precision.ts';
import type { UnencryptedColumnOptions } from './rules/unencrypted-column.ts';

/** The options of built-in rules, by code. A test compares them with the rules. */
export interface RuleOptions {
  readonly 'lint/check-name': NameOptions;
  readonly 'lint/foreign-key-name': NameOptions;
  readonly 'lint/index-name': NameOptions;
  readonly 'lint/mandatory-columns': MandatoryColumnsOptions;
  readonly 'lint/plural-table': PluralTableOptions;
  readonly 'lint/policy-call-per-row': PolicyCallPerRowOptions;
  readonly 'lint/timestamp-default': TimestampDefaultOptions;
  readonly 'lint/timestamp-precision': TimestampPrecisionOptions;
  readonly 'lint/unencrypted-column': UnencryptedColumnOptions;
  readonly 'lint/unique-name': NameOptions;
}
