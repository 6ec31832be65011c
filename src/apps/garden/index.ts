export { account, type Account, type AccountUpdate, type NewAccount } from './tables/account.ts';
export {
  dependencyTypes,
  packageDependencies,
  resolutions,
  type DependencyType,
  type NewPackageDependency,
  type PackageDependency,
  type PackageDependencyUpdate,
  type Resolution,
} from './tables/package-dependencies.ts';
export {
  packageRequests,
  requestStatuses,
  type NewPackageRequest,
  type PackageRequest,
  type PackageRequestUpdate,
  type RequestStatus,
} from './tables/package-requests.ts';
export {
  packageTags,
  type NewPackageTag,
  type PackageTag,
  type PackageTagUpdate,
} from './tables/package-tags.ts';
export {
  packageVersions,
  type NewPackageVersion,
  type PackageVersion,
  type PackageVersionUpdate,
} from './tables/package-versions.ts';
export { packages, type NewPackage, type Package, type PackageUpdate } from './tables/packages.ts';
export { registries, type Registry } from './tables/registry.ts';
export {
  accountRelations,
  packageDependenciesRelations,
  packageRequestsRelations,
  packagesRelations,
  packageTagsRelations,
  packageVersionsRelations,
  tagsRelations,
} from './relations.ts';
export { trigrams } from './tables/search.ts';
export { isSemverPrerelease, semverSortKey } from './versions/sort-key.ts';
export { tags, type NewTag, type Tag, type TagUpdate } from './tables/tags.ts';
