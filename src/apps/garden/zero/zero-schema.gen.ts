// Made by `garden generate zero` from the Drizzle schema, and made anew by the next run:
// change the tables, not this file.
/* eslint-disable */

import { createBuilder, type Row, type SchemaQuery } from '@rocicorp/zero';

export const schema = {
  tables: {
    account: {
      name: 'account',
      columns: {
        id: { type: 'string' },
        name: { type: 'string' },
        avatarUrl: { type: 'string', serverName: 'avatar_url', optional: true },
        createdAt: { type: 'number', serverName: 'created_at' },
        updatedAt: { type: 'number', serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
    packageDependencies: {
      name: 'packageDependencies',
      serverName: 'package_dependencies',
      columns: {
        id: { type: 'string' },
        packageId: { type: 'string', serverName: 'package_id' },
        versionId: { type: 'string', serverName: 'version_id' },
        dependencyName: { type: 'string', serverName: 'dependency_name' },
        dependencyPackageId: {
          type: 'string',
          serverName: 'dependency_package_id',
          optional: true,
        },
        dependencyVersionRange: { type: 'string', serverName: 'dependency_version_range' },
        resolvedVersion: { type: 'string', serverName: 'resolved_version' },
        resolvedVersionId: { type: 'string', serverName: 'resolved_version_id', optional: true },
        resolution: {
          type: 'string',
          customType: null as unknown as 'registry' | 'alias' | 'url' | 'git' | 'file' | 'unresolved',
        },
        dependencyType: {
          type: 'string',
          serverName: 'dependency_type',
          customType: null as unknown as 'runtime' | 'dev' | 'peer' | 'optional',
        },
        createdAt: { type: 'number', serverName: 'created_at' },
      },
      primaryKey: ['id'],
    },
    packageRequests: {
      name: 'packageRequests',
      serverName: 'package_requests',
      columns: {
        id: { type: 'string' },
        packageName: { type: 'string', serverName: 'package_name' },
        registry: { type: 'string', customType: null as unknown as 'npm' | 'jsr' | 'brew' | 'apt' },
        requestedBy: { type: 'string', serverName: 'requested_by', optional: true },
        sourceRequestId: { type: 'string', serverName: 'source_request_id', optional: true },
        rootRequestId: { type: 'string', serverName: 'root_request_id', optional: true },
        isAutoQueued: { type: 'boolean', serverName: 'is_auto_queued' },
        depth: { type: 'number' },
        priority: { type: 'number' },
        status: {
          type: 'string',
          customType: null as unknown as 'pending' | 'fetching' | 'completed' | 'failed' | 'cancelled',
        },
        errorMessage: { type: 'string', serverName: 'error_message', optional: true },
        packageId: { type: 'string', serverName: 'package_id', optional: true },
        attemptCount: { type: 'number', serverName: 'attempt_count' },
        runAt: { type: 'number', serverName: 'run_at' },
        createdAt: { type: 'number', serverName: 'created_at' },
        updatedAt: { type: 'number', serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
    packageTags: {
      name: 'packageTags',
      serverName: 'package_tags',
      columns: {
        id: { type: 'string' },
        packageId: { type: 'string', serverName: 'package_id' },
        tagId: { type: 'string', serverName: 'tag_id' },
        createdBy: { type: 'string', serverName: 'created_by' },
        createdAt: { type: 'number', serverName: 'created_at' },
      },
      primaryKey: ['id'],
    },
    packageVersions: {
      name: 'packageVersions',
      serverName: 'package_versions',
      columns: {
        id: { type: 'string' },
        packageId: { type: 'string', serverName: 'package_id' },
        version: { type: 'string' },
        sortKey: { type: 'string', serverName: 'sort_key' },
        isPrerelease: { type: 'boolean', serverName: 'is_prerelease' },
        publishedAt: { type: 'number', serverName: 'published_at', optional: true },
        yankedAt: { type: 'number', serverName: 'yanked_at', optional: true },
        createdAt: { type: 'number', serverName: 'created_at' },
      },
      primaryKey: ['id'],
    },
    packages: {
      name: 'packages',
      columns: {
        id: { type: 'string' },
        name: { type: 'string' },
        registry: { type: 'string', customType: null as unknown as 'npm' | 'jsr' | 'brew' | 'apt' },
        description: { type: 'string', optional: true },
        homepage: { type: 'string', optional: true },
        repository: { type: 'string', optional: true },
        distTags: {
          type: 'json',
          serverName: 'dist_tags',
          optional: true,
          customType: null as unknown as Readonly<Record<string, string>>,
        },
        lastFetchAttempt: { type: 'number', serverName: 'last_fetch_attempt', optional: true },
        lastFetchSuccess: { type: 'number', serverName: 'last_fetch_success', optional: true },
        deletedAt: { type: 'number', serverName: 'deleted_at', optional: true },
        deletedBy: { type: 'string', serverName: 'deleted_by', optional: true },
        createdAt: { type: 'number', serverName: 'created_at' },
        updatedAt: { type: 'number', serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
    tags: {
      name: 'tags',
      columns: {
        id: { type: 'string' },
        name: { type: 'string' },
        slug: { type: 'string' },
        description: { type: 'string', optional: true },
        color: { type: 'string', optional: true },
        deletedAt: { type: 'number', serverName: 'deleted_at', optional: true },
        deletedBy: { type: 'string', serverName: 'deleted_by', optional: true },
        createdAt: { type: 'number', serverName: 'created_at' },
        updatedAt: { type: 'number', serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
  },
  relationships: {
    account: {
      assignedTags: [
        {
          sourceField: ['id'],
          destField: ['createdBy'],
          destSchema: 'packageTags',
          cardinality: 'many',
        },
      ],
      deletedPackages: [
        {
          sourceField: ['id'],
          destField: ['deletedBy'],
          destSchema: 'packages',
          cardinality: 'many',
        },
      ],
      deletedTags: [
        { sourceField: ['id'], destField: ['deletedBy'], destSchema: 'tags', cardinality: 'many' },
      ],
      requests: [
        {
          sourceField: ['id'],
          destField: ['requestedBy'],
          destSchema: 'packageRequests',
          cardinality: 'many',
        },
      ],
    },
    packageDependencies: {
      dependencyPackage: [
        {
          sourceField: ['dependencyPackageId'],
          destField: ['id'],
          destSchema: 'packages',
          cardinality: 'one',
        },
      ],
      package: [
        {
          sourceField: ['packageId'],
          destField: ['id'],
          destSchema: 'packages',
          cardinality: 'one',
        },
      ],
      resolvedPackageVersion: [
        {
          sourceField: ['resolvedVersionId'],
          destField: ['id'],
          destSchema: 'packageVersions',
          cardinality: 'one',
        },
      ],
      version: [
        {
          sourceField: ['versionId'],
          destField: ['id'],
          destSchema: 'packageVersions',
          cardinality: 'one',
        },
      ],
    },
    packageRequests: {
      chain: [
        {
          sourceField: ['id'],
          destField: ['rootRequestId'],
          destSchema: 'packageRequests',
          cardinality: 'many',
        },
      ],
      package: [
        {
          sourceField: ['packageId'],
          destField: ['id'],
          destSchema: 'packages',
          cardinality: 'one',
        },
      ],
      queued: [
        {
          sourceField: ['id'],
          destField: ['sourceRequestId'],
          destSchema: 'packageRequests',
          cardinality: 'many',
        },
      ],
      requester: [
        {
          sourceField: ['requestedBy'],
          destField: ['id'],
          destSchema: 'account',
          cardinality: 'one',
        },
      ],
      root: [
        {
          sourceField: ['rootRequestId'],
          destField: ['id'],
          destSchema: 'packageRequests',
          cardinality: 'one',
        },
      ],
      source: [
        {
          sourceField: ['sourceRequestId'],
          destField: ['id'],
          destSchema: 'packageRequests',
          cardinality: 'one',
        },
      ],
    },
    packageTags: {
      creator: [
        {
          sourceField: ['createdBy'],
          destField: ['id'],
          destSchema: 'account',
          cardinality: 'one',
        },
      ],
      package: [
        {
          sourceField: ['packageId'],
          destField: ['id'],
          destSchema: 'packages',
          cardinality: 'one',
        },
      ],
      tag: [{ sourceField: ['tagId'], destField: ['id'], destSchema: 'tags', cardinality: 'one' }],
    },
    packageVersions: {
      dependencies: [
        {
          sourceField: ['id'],
          destField: ['versionId'],
          destSchema: 'packageDependencies',
          cardinality: 'many',
        },
      ],
      dependents: [
        {
          sourceField: ['id'],
          destField: ['resolvedVersionId'],
          destSchema: 'packageDependencies',
          cardinality: 'many',
        },
      ],
      package: [
        {
          sourceField: ['packageId'],
          destField: ['id'],
          destSchema: 'packages',
          cardinality: 'one',
        },
      ],
    },
    packages: {
      deleter: [
        {
          sourceField: ['deletedBy'],
          destField: ['id'],
          destSchema: 'account',
          cardinality: 'one',
        },
      ],
      dependencies: [
        {
          sourceField: ['id'],
          destField: ['packageId'],
          destSchema: 'packageDependencies',
          cardinality: 'many',
        },
      ],
      dependents: [
        {
          sourceField: ['id'],
          destField: ['dependencyPackageId'],
          destSchema: 'packageDependencies',
          cardinality: 'many',
        },
      ],
      requests: [
        {
          sourceField: ['id'],
          destField: ['packageId'],
          destSchema: 'packageRequests',
          cardinality: 'many',
        },
      ],
      tagAssignments: [
        {
          sourceField: ['id'],
          destField: ['packageId'],
          destSchema: 'packageTags',
          cardinality: 'many',
        },
      ],
      tags: [
        {
          sourceField: ['id'],
          destField: ['packageId'],
          destSchema: 'packageTags',
          cardinality: 'many',
        },
        { sourceField: ['tagId'], destField: ['id'], destSchema: 'tags', cardinality: 'many' },
      ],
      versions: [
        {
          sourceField: ['id'],
          destField: ['packageId'],
          destSchema: 'packageVersions',
          cardinality: 'many',
        },
      ],
    },
    tags: {
      assignments: [
        {
          sourceField: ['id'],
          destField: ['tagId'],
          destSchema: 'packageTags',
          cardinality: 'many',
        },
      ],
      deleter: [
        {
          sourceField: ['deletedBy'],
          destField: ['id'],
          destSchema: 'account',
          cardinality: 'one',
        },
      ],
      packages: [
        {
          sourceField: ['id'],
          destField: ['tagId'],
          destSchema: 'packageTags',
          cardinality: 'many',
        },
        {
          sourceField: ['packageId'],
          destField: ['id'],
          destSchema: 'packages',
          cardinality: 'many',
        },
      ],
    },
  },
} as const;

export type Schema = typeof schema;

/** What others may see of a person. The id is the identity provider's subject; roles and mail addresses stay with the provider and are never columns. */
export type Account = Row<Schema['tables']['account']>;
/** What one version of a package needs: what it asked for (the range), and what that came to (the resolved version). Both links to rows of ours may be empty: the target may not be in the garden yet. */
export type PackageDependency = Row<Schema['tables']['packageDependencies']>;
/** A wish that the garden fetch a package: from a person, or from a package that needs it. This is the workers' queue and the person's history at once. */
export type PackageRequest = Row<Schema['tables']['packageRequests']>;
/** A tag on a package, and who put it there. */
export type PackageTag = Row<Schema['tables']['packageTags']>;
/** A published version of a package. */
export type PackageVersion = Row<Schema['tables']['packageVersions']>;
/** A software package of one registry. What can be counted or sorted out of the other tables (latest version, number of dependents) is not repeated here. */
export type Package = Row<Schema['tables']['packages']>;
/** A broad word that packages are found by, such as "database". There is no hierarchy. */
export type Tag = Row<Schema['tables']['tags']>;

/** Queries of these tables. */
export const zql: SchemaQuery<Schema> = createBuilder(schema);

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    schema: Schema;
  }
}
