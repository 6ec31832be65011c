export { AccessDenied } from './guard/access-denied.ts';
export { createServer, type SyncServer } from './endpoints/create-server.ts';
export { bearer, type BearerOptions } from './endpoints/identity/bearer.ts';
export { IdentityUnavailable } from './endpoints/identity/identity-unavailable.ts';
export { guard, type GuardedTransaction, type GuardOptions } from './guard/guard.ts';
export { guardQuery } from './guard/guard-query.ts';
export { guardSql } from './guard/guard-sql.ts';
export { accessRules } from './read/drizzle/read-access.ts';
export { asPrincipal, type PrincipalOptions } from './postgres/as-principal.ts';
export { steadySql } from './postgres/steady-sql.ts';
export {
  dropPartitions,
  type DropPartitionsOptions,
} from './postgres/partitions/drop-partitions.ts';
export {
  makePartitions,
  type MakePartitionsOptions,
} from './postgres/partitions/make-partitions.ts';
export { markRollup } from './maintain/rollups/mark-rollup.ts';
export {
  updateRollups,
  type RollupUpdate,
  type UpdateRollupsOptions,
} from './maintain/rollups/update-rollups.ts';
export type { PartitionedTable, SqlClient } from './postgres/partitions/partition-sql.ts';
export {
  hashedTokens,
  type HashedTokens,
  type IssuedToken,
  type TokenRow,
  type TokenSettings,
  type TokenTable,
} from './secrets/hashed-tokens.ts';
export { columnCipher, type ColumnCipher } from './secrets/column-cipher.ts';
export { DecryptError, type DecryptReason } from './secrets/decrypt-error.ts';
export type { KeyRing, KeyService } from './secrets/key-ring.ts';
export { newRingEntry } from './secrets/new-key.ts';
export { openKeyRing, type KeyRingOptions } from './secrets/open-key-ring.ts';
export type { RowId } from './secrets/row-binding.ts';
export {
  createServices,
  type PrincipalServices,
  type Services,
  type ServicesOptions,
  type TableServices,
} from './services/create-services.ts';
export { ServiceError } from './services/service-error.ts';
export type {
  Conditions,
  Key,
  ListOptions,
  NewRow,
  Selected,
  TableService,
  Where,
} from './services/service-types.ts';
export type { LiveSettings } from './services/settings/live-settings.ts';
export type { OpenSettingsOptions } from './services/settings/follow-settings.ts';
export { openSettings } from './services/settings/open-settings.ts';
export type { SettingsTable } from './services/settings/settings-store.ts';
export type { BucketLimit } from './limits/bucket-numbers.ts';
export { guardedDecrement, type Decremented } from './limits/guarded-decrement.ts';
export type { BudgetTable, ReservationTable } from './limits/reservation-tables.ts';
export {
  reservations,
  type Ended,
  type Held,
  type HoldOptions,
  type Reservations,
  type ReservationState,
} from './limits/reservations.ts';
export type { LimitDatabase } from './limits/run-statement.ts';
export {
  tokenBucket,
  type BucketTable,
  type Taken,
  type TakeOptions,
  type TokenBucket,
} from './limits/token-bucket.ts';
export { nodeListener } from './endpoints/node-listener.ts';
export {
  pagedQuery,
  type Page,
  type PagedDefinition,
  type PagedQuery,
} from './postgres/queries/paged-query.ts';
export type { PageOrder } from './postgres/queries/page-order.ts';
export {
  preparedQuery,
  type PreparedQuery,
  type Statement,
} from './postgres/queries/prepared-query.ts';
export type { QueryLimits } from './endpoints/query-limits.ts';
export type { ServerContext } from './endpoints/server-context.ts';
export type { Identify, RequestOptions, ServerOptions } from './endpoints/server-options.ts';
export type { AccessRules, TableRules } from './model/rule.ts';
