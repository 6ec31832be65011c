// Made by `garden generate zero` from the constraints of the Drizzle schema, and made anew
// by the next run: change the tables, not this file.
/* eslint-disable */

export const checks = {
  categories: {
    id: { type: { kind: 'uuid' }, immutable: true },
    parentId: { type: { kind: 'uuid' } },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    slug: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', max: 64 }],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  packageDependencies: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageId: { type: { kind: 'uuid' } },
    dependsOnId: { type: { kind: 'uuid' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  packageShares: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageId: { type: { kind: 'uuid' } },
    userId: { type: { kind: 'uuid' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  packageUsage: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageId: { type: { kind: 'uuid' } },
    useCount: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    lastUsedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  packageVersions: {
    id: { type: { kind: 'uuid' }, immutable: true },
    packageId: { type: { kind: 'uuid' } },
    version: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  packages: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 200 }] },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'notBlank', max: 2000 }] },
    language: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 64 }] },
    setupPrompt: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 20000 }] },
    tags: {
      type: { kind: 'array', of: { kind: 'text' } },
      constraints: [{ kind: 'textItems', maxItems: 50, maxLength: 64 }],
    },
    relevantFilesPattern: {
      type: { kind: 'array', of: { kind: 'text' } },
      constraints: [{ kind: 'textItems', maxItems: 100, maxLength: 256 }],
    },
    metadata: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 65536, maxDepth: 16 }],
    },
    visibility: { type: { kind: 'text', values: ['private', 'unlisted', 'shared', 'public'] } },
    categoryId: { type: { kind: 'uuid' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  users: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
} as const;
