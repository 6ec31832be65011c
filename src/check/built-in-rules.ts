import type { LintRule, Preset } from './lint-rule.ts';
import { authReference } from './rules/auth-reference.ts';
import { booleanIndex } from './rules/boolean-index.ts';
import { btreeOnContainer } from './rules/btree-on-container.ts';
import { bypassingRole } from './rules/bypassing-role.ts';
import { callableDefiner } from './rules/callable-definer.ts';
import { charType } from './rules/char-type.ts';
import { checkName } from './rules/check-name.ts';
import { columnTwiceInIndex } from './rules/column-twice-in-index.ts';
import { definerSearchPath } from './rules/definer-search-path.ts';
import { descNullsLast } from './rules/desc-nulls-last.ts';
import { drizzleArrayDefault } from './rules/drizzle-array-default.ts';
import { drizzleCustomType } from './rules/drizzle-custom-type.ts';
import { drizzleCutText } from './rules/drizzle-cut-text.ts';
import { drizzleEnableRls } from './rules/drizzle-enable-rls.ts';
import { drizzleLostOrder } from './rules/drizzle-lost-order.ts';
import { drizzleParameter } from './rules/drizzle-parameter.ts';
import { drizzlePolicyRole } from './rules/drizzle-policy-role.ts';
import { duplicateForeignKey } from './rules/duplicate-foreign-key.ts';
import { enumValueTwice } from './rules/enum-value-twice.ts';
import { exposedAuthUsers } from './rules/exposed-auth-users.ts';
import { exposedForeignTable } from './rules/exposed-foreign-table.ts';
import { exposedMaterializedView } from './rules/exposed-materialized-view.ts';
import { exposedSecret } from './rules/exposed-secret.ts';
import { extensionInPublic } from './rules/extension-in-public.ts';
import { extensionMissing } from './rules/extension-missing.ts';
import { foreignColumn } from './rules/foreign-column.ts';
import { foreignKeyIndex } from './rules/foreign-key-index.ts';
import { foreignKeyName } from './rules/foreign-key-name.ts';
import { foreignKeyTarget } from './rules/foreign-key-target.ts';
import { foreignKeyType } from './rules/foreign-key-type.ts';
import { functionSearchPath } from './rules/function-search-path.ts';
import { identityByDefault } from './rules/identity-by-default.ts';
import { indexName } from './rules/index-name.ts';
import { invalidIndex } from './rules/invalid-index.ts';
import { jsonType } from './rules/json-type.ts';
import { keyColumnTwice } from './rules/key-column-twice.ts';
import { mandatoryColumns } from './rules/mandatory-columns.ts';
import { moneyType } from './rules/money-type.ts';
import { nameCase } from './rules/name-case.ts';
import { nameClash } from './rules/name-clash.ts';
import { nameLength } from './rules/name-length.ts';
import { needlessCondition } from './rules/needless-condition.ts';
import { noPrimaryKey } from './rules/no-primary-key.ts';
import { notValidConstraint } from './rules/not-valid-constraint.ts';
import { nullableUnique } from './rules/nullable-unique.ts';
import { onDelete } from './rules/on-delete.ts';
import { onUpdate } from './rules/on-update.ts';
import { openWritePolicy } from './rules/open-write-policy.ts';
import { operatorClass } from './rules/operator-class.ts';
import { partlyNullForeignKey } from './rules/partly-null-foreign-key.ts';
import { pluralTable } from './rules/plural-table.ts';
import { policyCallPerRow } from './rules/policy-call-per-row.ts';
import { policyColumnIndex } from './rules/policy-column-index.ts';
import { policyForAll } from './rules/policy-for-all.ts';
import { policyUserMetadata } from './rules/policy-user-metadata.ts';
import { policyWithoutCondition } from './rules/policy-without-condition.ts';
import { policyWithoutRls } from './rules/policy-without-rls.ts';
import { publishedSecret } from './rules/published-secret.ts';
import { redundantIndex } from './rules/redundant-index.ts';
import { repeatedPolicy } from './rules/repeated-policy.ts';
import { replicationRole } from './rules/replication-role.ts';
import { reservedName } from './rules/reserved-name.ts';
import { rlsDisabled } from './rules/rls-disabled.ts';
import { rlsForced } from './rules/rls-forced.ts';
import { rlsWithoutPolicy } from './rules/rls-without-policy.ts';
import { selectStarFunction } from './rules/select-star-function.ts';
import { selectStarView } from './rules/select-star-view.ts';
import { sequenceBounds } from './rules/sequence-bounds.ts';
import { serialColumn } from './rules/serial-column.ts';
import { setNullOnRequired } from './rules/set-null-on-required.ts';
import { statusCheck } from './rules/status-check.ts';
import { timeWithZone } from './rules/time-with-zone.ts';
import { timestampDefault } from './rules/timestamp-default.ts';
import { timestampPrecision } from './rules/timestamp-precision.ts';
import { timestampWithoutZone } from './rules/timestamp-without-zone.ts';
import { unencryptedColumn } from './rules/unencrypted-column.ts';
import { uniqueName } from './rules/unique-name.ts';
import { unlinkedPolicy } from './rules/unlinked-policy.ts';
import { unnamedIndex } from './rules/unnamed-index.ts';
import { userReference } from './rules/user-reference.ts';
import { uuidDefault } from './rules/uuid-default.ts';
import { uuidKey } from './rules/uuid-key.ts';
import { varcharType } from './rules/varchar-type.ts';
import { vectorDimensions } from './rules/vector-dimensions.ts';
import { vectorIndex } from './rules/vector-index.ts';
import { viewSecurityInvoker } from './rules/view-security-invoker.ts';
import { zeroCrashingType } from './rules/zero-crashing-type.ts';
import { zeroDefault } from './rules/zero-default.ts';
import { zeroGenerated } from './rules/zero-generated.ts';
import { zeroKey } from './rules/zero-key.ts';
import { zeroName } from './rules/zero-name.ts';
import { zeroPrecision } from './rules/zero-precision.ts';
import { zeroType } from './rules/zero-type.ts';
import { zeroUnsyncedRule } from './rules/zero-unsynced-rule.ts';
import { zeroView } from './rules/zero-view.ts';

/** Every rule of this package, by code. A test compares the list with the folder. */
export const builtInRules: readonly LintRule[] = [
  authReference,
  booleanIndex,
  btreeOnContainer,
  bypassingRole,
  callableDefiner,
  charType,
  checkName,
  columnTwiceInIndex,
  definerSearchPath,
  descNullsLast,
  drizzleArrayDefault,
  drizzleCustomType,
  drizzleCutText,
  drizzleEnableRls,
  drizzleLostOrder,
  drizzleParameter,
  drizzlePolicyRole,
  duplicateForeignKey,
  enumValueTwice,
  exposedAuthUsers,
  exposedForeignTable,
  exposedMaterializedView,
  exposedSecret,
  extensionInPublic,
  extensionMissing,
  foreignColumn,
  foreignKeyIndex,
  foreignKeyName,
  foreignKeyTarget,
  foreignKeyType,
  functionSearchPath,
  identityByDefault,
  indexName,
  invalidIndex,
  jsonType,
  keyColumnTwice,
  mandatoryColumns,
  moneyType,
  nameCase,
  nameClash,
  nameLength,
  needlessCondition,
  noPrimaryKey,
  notValidConstraint,
  nullableUnique,
  onDelete,
  onUpdate,
  openWritePolicy,
  operatorClass,
  partlyNullForeignKey,
  pluralTable,
  policyCallPerRow,
  policyColumnIndex,
  policyForAll,
  policyUserMetadata,
  policyWithoutCondition,
  policyWithoutRls,
  publishedSecret,
  redundantIndex,
  repeatedPolicy,
  replicationRole,
  reservedName,
  rlsDisabled,
  rlsForced,
  rlsWithoutPolicy,
  selectStarFunction,
  selectStarView,
  sequenceBounds,
  serialColumn,
  setNullOnRequired,
  statusCheck,
  timeWithZone,
  timestampDefault,
  timestampPrecision,
  timestampWithoutZone,
  unencryptedColumn,
  uniqueName,
  unlinkedPolicy,
  unnamedIndex,
  userReference,
  uuidDefault,
  uuidKey,
  varcharType,
  vectorDimensions,
  vectorIndex,
  viewSecurityInvoker,
  zeroCrashingType,
  zeroDefault,
  zeroGenerated,
  zeroKey,
  zeroName,
  zeroPrecision,
  zeroType,
  zeroUnsyncedRule,
  zeroView,
].toSorted((a, b) => (a.code < b.code ? -1 : 1));

/**
 * The rules that presets enable.
 *
 * @example
 * rulesOf(['recommended', 'house']).map(({ code }) => code);
 */
export const rulesOf = (presets: readonly Preset[]): readonly LintRule[] =>
  builtInRules.filter((rule) => rule.presets.some((preset) => presets.includes(preset)));
