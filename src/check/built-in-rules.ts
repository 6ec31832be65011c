import type { LintRule, Preset } from './lint-rule.ts';
import { booleanIndex } from './rules/boolean-index.ts';
import { btreeOnContainer } from './rules/btree-on-container.ts';
import { charType } from './rules/char-type.ts';
import { columnTwiceInIndex } from './rules/column-twice-in-index.ts';
import { duplicateForeignKey } from './rules/duplicate-foreign-key.ts';
import { foreignKeyIndex } from './rules/foreign-key-index.ts';
import { foreignKeyTarget } from './rules/foreign-key-target.ts';
import { foreignKeyType } from './rules/foreign-key-type.ts';
import { jsonType } from './rules/json-type.ts';
import { moneyType } from './rules/money-type.ts';
import { nameCase } from './rules/name-case.ts';
import { needlessCondition } from './rules/needless-condition.ts';
import { noPrimaryKey } from './rules/no-primary-key.ts';
import { nullableUnique } from './rules/nullable-unique.ts';
import { notValidConstraint } from './rules/not-valid-constraint.ts';
import { onDelete } from './rules/on-delete.ts';
import { openWritePolicy } from './rules/open-write-policy.ts';
import { partlyNullForeignKey } from './rules/partly-null-foreign-key.ts';
import { policyCallPerRow } from './rules/policy-call-per-row.ts';
import { policyUserMetadata } from './rules/policy-user-metadata.ts';
import { policyWithoutRls } from './rules/policy-without-rls.ts';
import { redundantIndex } from './rules/redundant-index.ts';
import { repeatedPolicy } from './rules/repeated-policy.ts';
import { rlsWithoutPolicy } from './rules/rls-without-policy.ts';
import { serialColumn } from './rules/serial-column.ts';
import { setNullOnRequired } from './rules/set-null-on-required.ts';
import { timeWithZone } from './rules/time-with-zone.ts';
import { timestampPrecision } from './rules/timestamp-precision.ts';
import { timestampWithoutZone } from './rules/timestamp-without-zone.ts';
import { uuidKey } from './rules/uuid-key.ts';
import { varcharType } from './rules/varchar-type.ts';
import { vectorDimensions } from './rules/vector-dimensions.ts';
import { vectorIndex } from './rules/vector-index.ts';

/** Every rule of this package, by code. A test holds the list against the folder. */
export const builtInRules: readonly LintRule[] = [
  booleanIndex,
  btreeOnContainer,
  charType,
  columnTwiceInIndex,
  duplicateForeignKey,
  foreignKeyIndex,
  foreignKeyTarget,
  foreignKeyType,
  jsonType,
  moneyType,
  nameCase,
  needlessCondition,
  noPrimaryKey,
  notValidConstraint,
  nullableUnique,
  onDelete,
  openWritePolicy,
  partlyNullForeignKey,
  policyCallPerRow,
  policyUserMetadata,
  policyWithoutRls,
  redundantIndex,
  repeatedPolicy,
  rlsWithoutPolicy,
  serialColumn,
  setNullOnRequired,
  timeWithZone,
  timestampPrecision,
  timestampWithoutZone,
  uuidKey,
  varcharType,
  vectorDimensions,
  vectorIndex,
].toSorted((a, b) => (a.code < b.code ? -1 : 1));

/**
 * The rules that presets enable.
 *
 * @example
 * rulesOf(['recommended', 'house']).map(({ code }) => code);
 */
export const rulesOf = (presets: readonly Preset[]): readonly LintRule[] =>
  builtInRules.filter((rule) => rule.presets.some((preset) => presets.includes(preset)));
