export { checks } from './zero-checks.gen.ts';
export { mutators } from './mutators/mutators.ts';
export { anonymous, type Principal } from './principal.ts';
export { queries } from './queries/queries.ts';
export {
  schema,
  zql,
  type Account as SyncedAccount,
  type Package as SyncedPackage,
  type PackageDependency as SyncedPackageDependency,
  type PackageRequest as SyncedPackageRequest,
  type PackageTag as SyncedPackageTag,
  type PackageVersion as SyncedPackageVersion,
  type Tag as SyncedTag,
} from './zero-schema.gen.ts';
