export {
  and,
  anyone,
  authenticated,
  can,
  eq,
  exists,
  gt,
  gte,
  inList,
  isNull,
  lt,
  lte,
  ne,
  nobody,
  not,
  notDeleted,
  or,
  owner,
  role,
  type JoinInput,
} from './access/algebra.ts';
export type { Claim, ClaimInput, DeclaredClaims, ListClaim } from './access/claims.ts';
export {
  defineAccess,
  type Access,
  type AccessInput,
  type AccessSettings,
} from './access/define-access.ts';
export {
  databaseRole,
  type DatabaseRole,
  type DatabaseRoleInput,
  type RoleRows,
} from './access/database-role.ts';
export type { Claims, Rule } from '../model/rule.ts';
export type { Ciphertext } from '../model/ciphertext.ts';
export type { CompanionStatement } from '../model/companion-statement.ts';
export type { ColumnConstraint, Constraint, JsonBounds } from '../model/constraint.ts';
export { acyclic, type Edge } from './acyclic.ts';
export { appendOnly } from './append-only.ts';
export { baseColumns, type BaseColumns } from './base-columns.ts';
export { companionSql, type CompanionSql } from './companion-sql.ts';
export { atLeast, between } from './constraint/between.ts';
export type { TextOptions } from './constraint/text-options.ts';
export { boundedJson, type BoundedJsonOptions } from './constraint/bounded-json.ts';
export { oneOf } from './constraint/one-of.ts';
export { matches, maxLength, notBlank, printable } from './constraint/text-constraints.ts';
export { textItems, type TextItemsOptions } from './constraint/text-items.ts';
export {
  definerFunction,
  mayRead,
  principalClaim,
  type DefinerFunction,
  type FunctionParameter,
} from './definer-function.ts';
export { encrypted, isEncrypted, type Encrypted, type EncryptedOptions } from './encrypted.ts';
export { extension, type Extension } from './extension.ts';
export { hashedToken, hashedTokenKeys, type HashedToken } from './hashed-token.ts';
export { id, newId } from './id.ts';
export { including } from './including.ts';
export type { JsonObject } from './json-object.ts';
export { descending, indexOn, uniqueIndexOn, uniqueOn, type IndexColumn } from './index-on.ts';
export { maintenanceFunctions, type MaintenanceFunctions } from './maintenance-functions.ts';
export { monitoringViews, type MonitoringViews } from './monitoring/monitoring-views.ts';
export {
  bucketColumns,
  bucketConstraints,
  budgetColumns,
  budgetConstraints,
  reservationColumns,
  reservationConstraints,
  unlogged,
  type BucketColumns,
  type BudgetColumns,
  type ReservationColumns,
} from './limits.ts';
export { partitioned } from './partitioned.ts';
export { plainDefault } from './plain-default.ts';
export { pgTable, type OwnColumns } from './pg-table.ts';
export { references, type OnDelete } from './references.ts';
export { addHistograms, percentileOf, type Distribution } from './rollup/percentile.ts';
export { rollup } from './rollup/rollup.ts';
export type { CoarserRollupInput, EventRollupInput } from './rollup/rollup-input.ts';
export { rollupColumns, type RollupColumns } from './rollup/rollup-columns.ts';
export { retain } from './retain.ts';
export type { OwnerLimitInput, RetainOptions, RetentionAge } from './remembered-retention.ts';
export { rowSearch } from './row-search.ts';
export type { RowSearch, SearchType } from '../model/row-search.ts';
export type { Update } from './row-types.ts';
export { serverOnly } from './server-only.ts';
export {
  recordSettingChanges,
  settingChangeColumns,
  settingChangeConstraints,
  settingColumns,
  settingConstraints,
  type SettingChangeColumns,
  type SettingColumns,
} from './settings.ts';
export { isAlive, softDelete, type SoftDelete } from './soft-delete.ts';
export { enumeration, sortedText, type SortedText } from './sorted-text.ts';
export { createdAt, instant, updatedAt, type Instant } from './time.ts';
