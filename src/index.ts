export {
  account,
  type Account,
  type AccountUpdate,
  type NewAccount,
} from './apps/garden/account.ts';
export {
  dependencyTypes,
  packageDependencies,
  resolutions,
  type DependencyType,
  type NewPackageDependency,
  type PackageDependency,
  type PackageDependencyUpdate,
  type Resolution,
} from './apps/garden/package-dependencies.ts';
export {
  packageRequests,
  requestStatuses,
  type NewPackageRequest,
  type PackageRequest,
  type PackageRequestUpdate,
  type RequestStatus,
} from './apps/garden/package-requests.ts';
export {
  packageTags,
  type NewPackageTag,
  type PackageTag,
  type PackageTagUpdate,
} from './apps/garden/package-tags.ts';
export {
  packageVersions,
  type NewPackageVersion,
  type PackageVersion,
  type PackageVersionUpdate,
} from './apps/garden/package-versions.ts';
export {
  packages,
  type NewPackage,
  type Package,
  type PackageUpdate,
} from './apps/garden/packages.ts';
export { registries, type Registry } from './apps/garden/registry.ts';
export {
  accountRelations,
  packageDependenciesRelations,
  packageRequestsRelations,
  packagesRelations,
  packageTagsRelations,
  packageVersionsRelations,
  tagsRelations,
} from './apps/garden/relations.ts';
export { trigrams } from './apps/garden/search.ts';
export { isSemverPrerelease, semverSortKey } from './apps/garden/sort-key.ts';
export { tags, type NewTag, type Tag, type TagUpdate } from './apps/garden/tags.ts';
export { newId } from './kit/id.ts';
