/** A row of the query `packages.graph`, at any of its levels. */
export interface NeedRow {
  readonly dependencyName: string;
  readonly dependencyType: string;
  readonly dependencyPackage?: { readonly registry: string; readonly name: string } | undefined;
  readonly resolvedPackageVersion?:
    | { readonly dependencies?: readonly NeedRow[] | undefined }
    | undefined;
}

/** A package as graphs know it. */
export interface PackageRef {
  readonly registry: string;
  readonly name: string;
}
