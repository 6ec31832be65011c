export * from './relations.ts';
export * from './tables/categories.ts';
export * from './tables/package-dependencies.ts';
export * from './tables/package-usage.ts';
export * from './tables/package-versions.ts';
export {
  packages,
  packageShares,
  visibilities,
  type NewPackage,
  type NewPackageShare,
  type Package,
  type PackageChange,
  type PackageDraft,
  type PackageMetadata,
  type PackageShare,
  type PackageUpdate,
  type Visibility,
} from './tables/packages.ts';
export * from './tables/users.ts';
