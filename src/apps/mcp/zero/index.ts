export { mutators } from './mutators.ts';
export type { McpPrincipal } from './principal.ts';
export { queries } from './queries.ts';
export { checks } from './zero-checks.gen.ts';
export {
  schema,
  zql,
  type Category as SyncedCategory,
  type Package as SyncedPackage,
  type PackageDependency as SyncedPackageDependency,
  type PackageShare as SyncedPackageShare,
  type PackageUsage as SyncedPackageUsage,
  type PackageVersion as SyncedPackageVersion,
  type User as SyncedUser,
} from './zero-schema.gen.ts';
