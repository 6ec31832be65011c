import type { Resolution } from '../../tables/package-dependencies.ts';
import type { Registry } from '../../tables/registry.ts';
import { readAlternatives } from '../registry/apt-relations.ts';
import { isStorableName, storableVersion } from '../registry/storable-text.ts';
import type { Candidates } from './candidates.ts';
import { readRequirement, type Requirement } from './requirement.ts';

/** Result of resolving a dependency. */
export interface Resolved {
  readonly resolution: Resolution;
  /** A published version, or the range if there is none. */
  readonly version: string;
  readonly versionId: string | null;
  readonly packageId: string | null;
}

/** The columns of a dependency row that resolution needs. */
export interface Dependency {
  /** The registry of the dependent package. */
  readonly registry: Registry;
  readonly name: string;
  readonly range: string;
}

/**
 * Resolves a dependency against the stored versions of its package, or without candidates if the
 * package is not stored yet. The result depends only on the row and the versions, so the order in
 * which packages arrive does not matter.
 */
export function resolveDependency(
  { registry, name, range }: Dependency,
  candidates: Candidates | undefined,
): Resolved {
  const requirement = readRequirement(registry, name, range);
  const packageId = candidates?.packageId ?? null;
  const written = storableVersion(range) ?? '*';
  if (requirement.kind === 'elsewhere') {
    return {
      resolution: requirement.resolution,
      version: written,
      versionId: null,
      packageId: null,
    };
  }
  const chosen = candidates?.choose(requirement);
  const resolution = isAlias(requirement, name) ? 'alias' : 'registry';
  if (chosen !== undefined) {
    return { resolution, version: chosen.version, versionId: chosen.id, packageId };
  }
  // The range names one version, and without candidates it may exist.
  const named = candidates === undefined ? namedVersion(requirement, name) : undefined;
  if (named !== undefined) return { resolution, version: named, versionId: null, packageId };
  return { resolution: 'unresolved', version: written, versionId: null, packageId };
}

function isAlias(requirement: Requirement, name: string): boolean {
  if ('alias' in requirement) return requirement.alias;
  return (
    requirement.kind === 'relation' &&
    !readAlternatives(requirement.relation).some((one) => one.name === name)
  );
}

function namedVersion(requirement: Requirement, name: string): string | undefined {
  if (requirement.kind === 'version') return storableVersion(requirement.version) ?? undefined;
  if (requirement.kind !== 'relation') return undefined;
  const exact = readAlternatives(requirement.relation).find((one) => one.name === name);
  const version = exact?.operator === '=' ? exact.version : undefined;
  return version !== undefined && isStorableName(version) ? version : undefined;
}
