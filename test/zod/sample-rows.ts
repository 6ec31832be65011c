import { newId } from '../../src/kit/index.ts';
import type {
  NewAccount,
  NewPackage,
  NewPackageDependency,
  NewPackageRequest,
  NewPackageTag,
  NewPackageVersion,
  NewTag,
} from '../../src/apps/garden/index.ts';

const at = new Date('2026-01-02T03:04:05.678Z');
const stamps = { createdAt: at, updatedAt: at };

/** One valid row per table with all columns set. Each row references the earlier ones. */
export interface SampleRows {
  readonly account: NewAccount;
  readonly packages: NewPackage;
  readonly packageVersions: NewPackageVersion;
  readonly packageDependencies: NewPackageDependency;
  readonly packageRequests: NewPackageRequest;
  readonly tags: NewTag;
  readonly packageTags: NewPackageTag;
}

/** Rows with new keys and names for each call, so that several sets can coexist. */
export function sampleRows(): SampleRows {
  const account = { id: newId(), name: 'Ada', avatarUrl: 'https://example.org/ada.png', ...stamps };
  const packages = {
    id: newId(),
    name: `left-pad-${newId()}`,
    registry: 'npm' as const,
    description: 'Pads on the left.',
    homepage: 'https://example.org/left-pad',
    repository: 'https://example.org/left-pad.git',
    lastFetchAttempt: at,
    lastFetchSuccess: at,
    deletedAt: at,
    deletedBy: account.id,
    ...stamps,
  };
  const packageVersions = {
    id: newId(),
    packageId: packages.id,
    version: '1.3.0',
    sortKey: 'A1A3A0~',
    isPrerelease: false,
    publishedAt: at,
    yankedAt: at,
    createdAt: at,
  };
  const packageDependencies = {
    id: newId(),
    packageId: packages.id,
    versionId: packageVersions.id,
    dependencyName: 'repeat-string',
    dependencyPackageId: packages.id,
    dependencyVersionRange: '^1.0.0',
    resolvedVersion: '1.6.1',
    resolvedVersionId: packageVersions.id,
    resolution: 'registry' as const,
    dependencyType: 'runtime' as const,
    createdAt: at,
  };
  const request = newId();
  const packageRequests = {
    id: request,
    packageName: `left-pad-${newId()}`,
    registry: 'npm' as const,
    requestedBy: account.id,
    sourceRequestId: request,
    rootRequestId: request,
    isAutoQueued: false,
    depth: 0,
    priority: 50,
    status: 'pending' as const,
    errorMessage: 'none',
    packageId: packages.id,
    attemptCount: 0,
    runAt: at,
    lockedBy: 'worker',
    lockedUntil: at,
    ...stamps,
  };
  const slug = `padding-${newId()}`;
  const tags = {
    id: newId(),
    name: slug,
    slug,
    description: 'Pads text.',
    color: '#aabbcc',
    deletedAt: at,
    deletedBy: account.id,
    ...stamps,
  };
  const packageTags = {
    id: newId(),
    packageId: packages.id,
    tagId: tags.id,
    createdBy: account.id,
    createdAt: at,
  };
  return {
    account,
    packages,
    packageVersions,
    packageDependencies,
    packageRequests,
    tags,
    packageTags,
  };
}
