export { gardenServer, type GardenServerOptions } from './garden-server.ts';
export { gardenMigrations } from '../migrations-folder.ts';
export {
  packagesInRange,
  packagesUsing,
  packagesUsingAny,
  versionsOf,
} from '../queries/advisories.ts';
export {
  newestPackages,
  packagesAtOffset,
  packagesByName,
  packagesOfRegistry,
  packagesWithPrefix,
  updatedPackages,
} from '../queries/browse.ts';
export {
  NODE_LIMIT,
  sharedDependencies,
  transitiveDependencies,
  transitiveDependents,
  type ReachedPackage,
  type SharedDependency,
} from '../queries/dependency-graph.ts';
export {
  COUNT_LIMIT,
  dependents,
  dependentsCount,
  popularPackages,
  type PopularPackage,
} from '../queries/dependents.ts';
export type { AnyDatabase } from '../../../postgres/any-database.ts';
export {
  latestVersion,
  newestVersions,
  packageDetails,
  stalePackages,
  type DependencyRow,
  type PackageDetails,
  type VersionRow,
} from '../queries/package-details.ts';
export type { PackageRow } from '../queries/package-row.ts';
export {
  activeRequest,
  autoFailures,
  chainSize,
  claimableRequests,
  recentRequests,
  requestsOf,
  type RequestRow,
} from '../queries/requests.ts';
export { FIRST_ID, LAST_ID, PAGE } from '../queries/page-size.ts';
export { idList } from '../../../postgres/queries/row-fields.ts';
export { search, searchWords, type FoundPackage } from '../queries/search.ts';
export {
  countUnderAll,
  packagesUnderAll,
  packagesUnderAny,
  packagesUnderNone,
  tagCounts,
  type TagFilter,
} from '../queries/tag-filter.ts';
export { seed, type SeedOptions } from '../seed/seed.ts';
export type { SeedPglite } from '../seed/load/pglite-database.ts';
export type { OnSeedProgress, SeedProgress, SeedResult } from '../seed/progress.ts';
export { claim, type ClaimedRequest, type ClaimOptions } from '../queue/claim.ts';
export { queueObjects } from '../queue/database-objects.ts';
export { enqueue, enqueueAll, type Enqueued, type NewRequest } from '../queue/enqueue.ts';
export { heartbeat, recover, release, type Recovered } from '../queue/hold.ts';
export type { Lease } from '../queue/lease.ts';
export type { QueueDatabase } from '../queue/queue-database.ts';
export { queueState, type RegistryState } from '../queue/queue-state.ts';
export { runWorker } from '../queue/run-worker.ts';
export { defaultSettings, type QueueSettings } from '../queue/settings.ts';
export { complete, fail, type Failure } from '../queue/settle.ts';
export { cancel } from '../queue/cancel.ts';
export { prune } from '../queue/prune.ts';
export type {
  Handler,
  HandlerContext,
  Outcome,
  WorkerEvent,
  WorkerOptions,
} from '../queue/worker-options.ts';
export { FetchFailure } from '../ingest/http/fetch-failure.ts';
export {
  HttpClient,
  type HttpAnswer,
  type HttpRequest,
  type HttpResult,
} from '../ingest/http/http-client.ts';
export { defaultLimits, type Limits } from '../ingest/http/limits.ts';
export { ingestHandler, type Ingested, type IngestOptions } from '../ingest/ingest-handler.ts';
export { AptRegistry } from '../ingest/registry/apt.ts';
export { BrewRegistry } from '../ingest/registry/brew.ts';
export {
  configureRegistries,
  registryVariables,
  type Registries,
} from '../ingest/registry/configure-registries.ts';
export { defaultDocumentLimits, type DocumentLimits } from '../ingest/registry/document-limits.ts';
export { JsrRegistry } from '../ingest/registry/jsr.ts';
export { NpmRegistry } from '../ingest/registry/npm.ts';
export type {
  FetchedDependency,
  FetchedPackage,
  FetchedVersion,
  FetchOptions,
  FetchResult,
  RegistryAdapter,
} from '../ingest/registry/registry-adapter.ts';
export { runIngest, type RunIngestOptions } from '../ingest/run-ingest.ts';
export { versionOrder, type VersionOrder } from '../ingest/registry/version-order.ts';
export { Candidates, type Candidate } from '../ingest/resolve/candidates.ts';
export {
  resolveDependency,
  type Dependency,
  type Resolved,
} from '../ingest/resolve/resolve-dependency.ts';
export type { IngestDatabase, Statements } from '../ingest/write/statement.ts';
export { TargetCache } from '../ingest/write/target-cache.ts';
export { writePackage, type Written } from '../ingest/write/write-package.ts';
