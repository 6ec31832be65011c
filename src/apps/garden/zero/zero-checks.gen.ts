// Made by `garden generate zero` from the constraints of the Drizzle schema, and made anew
// by the next run: change the tables, not this file.
/* eslint-disable */

export const checks = {
  account: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    avatarUrl: {
      type: { kind: 'text' },
      constraints: [
        { kind: 'text', pattern: '^https?:\\/\\/[^\\u0001-\\u0020\\u007f"<>]+$', max: 2048 },
      ],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  packageDependencies: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageId: { type: { kind: 'uuid' }, immutable: true },
    versionId: { type: { kind: 'uuid' }, immutable: true },
    dependencyName: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 256 }] },
    dependencyPackageId: { type: { kind: 'uuid' } },
    dependencyVersionRange: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 1024 }] },
    resolvedVersion: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 256 }] },
    resolvedVersionId: { type: { kind: 'uuid' } },
    resolution: {
      type: { kind: 'text', values: ['registry', 'alias', 'url', 'git', 'file', 'unresolved'] },
    },
    dependencyType: { type: { kind: 'text', values: ['runtime', 'dev', 'peer', 'optional'] } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
  },
  packageRequests: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageName: {
      type: { kind: 'text' },
      constraints: [{ kind: 'printable', max: 256 }],
      immutable: true,
    },
    registry: { type: { kind: 'text', values: ['npm', 'jsr', 'brew', 'apt'] }, immutable: true },
    requestedBy: { type: { kind: 'uuid' }, immutable: true },
    sourceRequestId: { type: { kind: 'uuid' }, immutable: true },
    rootRequestId: { type: { kind: 'uuid' }, immutable: true },
    isAutoQueued: { immutable: true },
    depth: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
      immutable: true,
    },
    priority: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0, max: 100 }],
      immutable: true,
    },
    status: {
      type: { kind: 'text', values: ['pending', 'fetching', 'completed', 'failed', 'cancelled'] },
    },
    errorMessage: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', max: 10000 }],
      immutable: true,
    },
    packageId: { type: { kind: 'uuid' }, immutable: true },
    attemptCount: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
      immutable: true,
    },
    runAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  packageTags: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageId: { type: { kind: 'uuid' }, immutable: true },
    tagId: { type: { kind: 'uuid' }, immutable: true },
    createdBy: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
  },
  packageVersions: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageId: { type: { kind: 'uuid' }, immutable: true },
    version: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 256 }] },
    sortKey: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[!-~]+$', max: 512 }],
    },
    publishedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    yankedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
  },
  packages: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 256 }] },
    registry: { type: { kind: 'text', values: ['npm', 'jsr', 'brew', 'apt'] } },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 10000 }] },
    homepage: {
      type: { kind: 'text' },
      constraints: [
        { kind: 'text', pattern: '^https?:\\/\\/[^\\u0001-\\u0020\\u007f"<>]+$', max: 2048 },
      ],
    },
    repository: {
      type: { kind: 'text' },
      constraints: [
        { kind: 'text', pattern: '^https?:\\/\\/[^\\u0001-\\u0020\\u007f"<>]+$', max: 2048 },
      ],
    },
    lastFetchAttempt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    lastFetchSuccess: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    deletedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    deletedBy: { type: { kind: 'uuid' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  tags: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 64 }] },
    slug: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', max: 64 }],
    },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 1000 }] },
    color: { type: { kind: 'text' }, constraints: [{ kind: 'text', pattern: '^#[0-9a-f]{6}$' }] },
    deletedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    deletedBy: { type: { kind: 'uuid' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
} as const;
