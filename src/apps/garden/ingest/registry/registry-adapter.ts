import type { DependencyType } from '../../tables/package-dependencies.ts';
import type { Registry } from '../../tables/registry.ts';

/** A dependency as listed in the registry's document. */
export interface FetchedDependency {
  /** Name in the registry, not a local alias. */
  readonly name: string;
  /** Version range as written. */
  readonly range: string;
  readonly type: DependencyType;
}

export interface FetchedVersion {
  readonly version: string;
  /** Sort key in the order of the registry. */
  readonly sortKey: string;
  readonly isPrerelease: boolean;
  /** `undefined` if the registry does not have it. */
  readonly publishedAt: Date | undefined;
  /** The version still exists but should no longer be chosen. */
  readonly yanked: boolean;
  /** `undefined` if the version is already stored and cannot have changed. */
  readonly dependencies: readonly FetchedDependency[] | undefined;
}

/** The current state of a package in its registry. */
export interface FetchedPackage {
  readonly name: string;
  /**
   * `undefined`: not in the response, so the stored value is kept. `null`: the package has none.
   */
  readonly description: string | null | undefined;
  readonly homepage: string | null | undefined;
  readonly repository: string | null | undefined;
  readonly versions: readonly FetchedVersion[];
  /** Tags of the registry, such as `latest`. */
  readonly tags: ReadonlyMap<string, string>;
  readonly etag: string | undefined;
}

export type FetchResult =
  | { readonly state: 'found'; readonly package: FetchedPackage }
  /** Unchanged since the response with the given ETag. */
  | { readonly state: 'unchanged' }
  /** The registry does not have the package, or no longer has it. */
  | { readonly state: 'missing' };

export interface FetchOptions {
  /** ETag of the last response. */
  readonly etag?: string | undefined;
  /** Versions whose dependencies are already stored, for a registry in which they cannot change. */
  readonly known?: () => Promise<ReadonlySet<string>>;
  readonly signal: AbortSignal;
}

/**
 * Adapter for one registry. To add a registry, write a class with this interface, a line in
 * `configureRegistries` and a value in `src/apps/garden/tables/registry.ts`.
 */
export interface RegistryAdapter {
  readonly registry: Registry;
  /** Throws a FetchFailure if the state of the package cannot be determined. */
  fetchPackage(name: string, options: FetchOptions): Promise<FetchResult>;
}
