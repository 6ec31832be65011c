export { packagesInRange, packagesUsing, packagesUsingAny, versionsOf } from './advisories.ts';
export {
  newestPackages,
  packagesAtOffset,
  packagesByName,
  packagesOfRegistry,
  packagesWithPrefix,
  updatedPackages,
} from './browse.ts';
export {
  NODE_LIMIT,
  sharedDependencies,
  transitiveDependencies,
  transitiveDependents,
  type ReachedPackage,
  type SharedDependency,
} from './dependency-graph.ts';
export {
  COUNT_LIMIT,
  dependents,
  dependentsCount,
  popularPackages,
  type PopularPackage,
} from './dependents.ts';
export type { AnyDatabase } from '../../../postgres/any-database.ts';
export type { PreparedQuery, Statement } from '../../../queries/prepared-query.ts';
export {
  latestVersion,
  newestVersions,
  packageDetails,
  stalePackages,
  type DependencyRow,
  type PackageDetails,
  type VersionRow,
} from './package-details.ts';
export type { PackageRow } from './package-row.ts';
export {
  activeRequest,
  autoFailures,
  chainSize,
  claimableRequests,
  recentRequests,
  requestsOf,
  type RequestRow,
} from './requests.ts';
export { FIRST_ID, idList, LAST_ID, PAGE } from './row-fields.ts';
export { search, searchWords, type FoundPackage } from './search.ts';
export {
  countUnderAll,
  packagesUnderAll,
  packagesUnderAny,
  packagesUnderNone,
  tagCounts,
  type TagFilter,
} from './tag-filter.ts';
