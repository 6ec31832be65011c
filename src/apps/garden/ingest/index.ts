export { FetchFailure } from './http/fetch-failure.ts';
export {
  HttpClient,
  type HttpAnswer,
  type HttpRequest,
  type HttpResult,
} from './http/http-client.ts';
export { defaultLimits, type Limits } from './http/limits.ts';
export { ingestHandler, type Ingested, type IngestOptions } from './ingest-handler.ts';
export { AptRegistry } from './registry/apt.ts';
export { BrewRegistry } from './registry/brew.ts';
export {
  configureRegistries,
  registryVariables,
  type Registries,
} from './registry/configure-registries.ts';
export { defaultDocumentLimits, type DocumentLimits } from './registry/document-limits.ts';
export { JsrRegistry } from './registry/jsr.ts';
export { NpmRegistry } from './registry/npm.ts';
export type {
  FetchedDependency,
  FetchedPackage,
  FetchedVersion,
  FetchOptions,
  FetchResult,
  RegistryAdapter,
} from './registry/registry-adapter.ts';
export { runIngest, type RunIngestOptions } from './run-ingest.ts';
export { versionOrder, type VersionOrder } from './registry/version-order.ts';
export { Candidates, type Candidate } from './resolve/candidates.ts';
export { resolveDependency, type Dependency, type Resolved } from './resolve/resolve-dependency.ts';
export type { IngestDatabase, Statements } from './write/statement.ts';
export { TargetCache } from './write/target-cache.ts';
export { writePackage, type Written } from './write/write-package.ts';
