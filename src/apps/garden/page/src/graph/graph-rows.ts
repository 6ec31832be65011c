/** A row of the query `packages.graph`, at any level. */
export interface NeedRow {
  readonly dependencyName: string;
  readonly dependencyType: string;
  readonly dependencyPackage?: { readonly registry: string; readonly name: string } | undefined;
  readonly resolvedPackageVersion?:
    | { readonly dependencies?: readonly NeedRow[] | undefined }
    | undefined;
}

/** Registry and name of a package in a graph. */
export interface PackageRef {
  readonly registry: string;
  readonly name: string;
}
