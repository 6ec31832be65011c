import type { DependencyType } from '../../tables/package-dependencies.ts';
import type { Registry } from '../../tables/registry.ts';

/** A dependency, as the registry's document has it. */
export interface FetchedDependency {
  /** Of the package that is meant, as the registry spells it; not a local name for it. */
  readonly name: string;
  /** What is asked of it, as it is written. */
  readonly range: string;
  readonly type: DependencyType;
}

export interface FetchedVersion {
  readonly version: string;
  /** Sorts as the registry sorts. */
  readonly sortKey: string;
  readonly isPrerelease: boolean;
  /** Nothing where the registry does not tell. */
  readonly publishedAt: Date | undefined;
  /** Still there, but not to be chosen any more. */
  readonly yanked: boolean;
  /** Nothing where the version is known already, and cannot have changed. */
  readonly dependencies: readonly FetchedDependency[] | undefined;
}

/** What a registry has about a package now. */
export interface FetchedPackage {
  readonly name: string;
  /** `undefined`: the registry did not say, and what is known stays. `null`: there is none. */
  readonly description: string | null | undefined;
  readonly homepage: string | null | undefined;
  readonly repository: string | null | undefined;
  readonly versions: readonly FetchedVersion[];
  /** The registry's own names for versions, such as `latest`. */
  readonly tags: ReadonlyMap<string, string>;
  readonly etag: string | undefined;
}

export type FetchResult =
  | { readonly state: 'found'; readonly package: FetchedPackage }
  /** As it was when the etag was given. */
  | { readonly state: 'unchanged' }
  /** The registry has no such package, or no longer. */
  | { readonly state: 'missing' };

export interface FetchOptions {
  /** What the last answer was called. */
  readonly etag?: string | undefined;
  /** Versions whose dependencies are known already, for a registry in which they cannot change. */
  readonly known?: () => Promise<ReadonlySet<string>>;
  readonly signal: AbortSignal;
}

/**
 * A registry, as far as the garden asks it. One more is a file that has this, a line
 * in `configureRegistries`, and a word in `src/apps/garden/tables/registry.ts`.
 */
export interface RegistryAdapter {
  readonly registry: Registry;
  /** Throws a FetchFailure where it cannot say. */
  fetchPackage(name: string, options: FetchOptions): Promise<FetchResult>;
}
