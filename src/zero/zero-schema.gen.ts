// Written by hand until garden generate zero writes it.
import { createBuilder, type Row } from '@rocicorp/zero';

export const schema = {
  tables: {
    account: {
      name: 'account',
      columns: {
        id: { type: 'string', optional: false, customType: null as unknown as string },
        name: { type: 'string', optional: false, customType: null as unknown as string },
        avatarUrl: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'avatar_url' },
        createdAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'created_at' },
        updatedAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
    packageDependencies: {
      name: 'packageDependencies',
      serverName: 'package_dependencies',
      columns: {
        id: { type: 'string', optional: false, customType: null as unknown as string },
        packageId: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'package_id' },
        versionId: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'version_id' },
        dependencyName: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'dependency_name' },
        dependencyPackageId: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'dependency_package_id' },
        dependencyVersionRange: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'dependency_version_range' },
        resolvedVersion: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'resolved_version' },
        resolvedVersionId: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'resolved_version_id' },
        resolution: { type: 'string', optional: false, customType: null as unknown as 'registry' | 'alias' | 'url' | 'git' | 'file' | 'unresolved' },
        dependencyType: { type: 'string', optional: false, customType: null as unknown as 'runtime' | 'dev' | 'peer' | 'optional', serverName: 'dependency_type' },
        createdAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'created_at' },
      },
      primaryKey: ['id'],
    },
    packageRequests: {
      name: 'packageRequests',
      serverName: 'package_requests',
      columns: {
        id: { type: 'string', optional: false, customType: null as unknown as string },
        packageName: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'package_name' },
        registry: { type: 'string', optional: false, customType: null as unknown as 'npm' | 'jsr' | 'brew' | 'apt' },
        requestedBy: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'requested_by' },
        sourceRequestId: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'source_request_id' },
        rootRequestId: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'root_request_id' },
        isAutoQueued: { type: 'boolean', optional: false, customType: null as unknown as boolean, serverName: 'is_auto_queued' },
        depth: { type: 'number', optional: false, customType: null as unknown as number },
        priority: { type: 'number', optional: false, customType: null as unknown as number },
        status: { type: 'string', optional: false, customType: null as unknown as 'pending' | 'fetching' | 'completed' | 'failed' | 'cancelled' },
        errorMessage: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'error_message' },
        packageId: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'package_id' },
        attemptCount: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'attempt_count' },
        runAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'run_at' },
        createdAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'created_at' },
        updatedAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
    packageTags: {
      name: 'packageTags',
      serverName: 'package_tags',
      columns: {
        id: { type: 'string', optional: false, customType: null as unknown as string },
        packageId: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'package_id' },
        tagId: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'tag_id' },
        createdBy: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'created_by' },
        createdAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'created_at' },
      },
      primaryKey: ['id'],
    },
    packageVersions: {
      name: 'packageVersions',
      serverName: 'package_versions',
      columns: {
        id: { type: 'string', optional: false, customType: null as unknown as string },
        packageId: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'package_id' },
        version: { type: 'string', optional: false, customType: null as unknown as string },
        sortKey: { type: 'string', optional: false, customType: null as unknown as string, serverName: 'sort_key' },
        isPrerelease: { type: 'boolean', optional: false, customType: null as unknown as boolean, serverName: 'is_prerelease' },
        publishedAt: { type: 'number', optional: true, customType: null as unknown as number, serverName: 'published_at' },
        yankedAt: { type: 'number', optional: true, customType: null as unknown as number, serverName: 'yanked_at' },
        createdAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'created_at' },
      },
      primaryKey: ['id'],
    },
    packages: {
      name: 'packages',
      columns: {
        id: { type: 'string', optional: false, customType: null as unknown as string },
        name: { type: 'string', optional: false, customType: null as unknown as string },
        registry: { type: 'string', optional: false, customType: null as unknown as 'npm' | 'jsr' | 'brew' | 'apt' },
        description: { type: 'string', optional: true, customType: null as unknown as string },
        homepage: { type: 'string', optional: true, customType: null as unknown as string },
        repository: { type: 'string', optional: true, customType: null as unknown as string },
        lastFetchAttempt: { type: 'number', optional: true, customType: null as unknown as number, serverName: 'last_fetch_attempt' },
        lastFetchSuccess: { type: 'number', optional: true, customType: null as unknown as number, serverName: 'last_fetch_success' },
        deletedAt: { type: 'number', optional: true, customType: null as unknown as number, serverName: 'deleted_at' },
        deletedBy: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'deleted_by' },
        createdAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'created_at' },
        updatedAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
    tags: {
      name: 'tags',
      columns: {
        id: { type: 'string', optional: false, customType: null as unknown as string },
        name: { type: 'string', optional: false, customType: null as unknown as string },
        slug: { type: 'string', optional: false, customType: null as unknown as string },
        description: { type: 'string', optional: true, customType: null as unknown as string },
        color: { type: 'string', optional: true, customType: null as unknown as string },
        deletedAt: { type: 'number', optional: true, customType: null as unknown as number, serverName: 'deleted_at' },
        deletedBy: { type: 'string', optional: true, customType: null as unknown as string, serverName: 'deleted_by' },
        createdAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'created_at' },
        updatedAt: { type: 'number', optional: false, customType: null as unknown as number, serverName: 'updated_at' },
      },
      primaryKey: ['id'],
    },
  },
  relationships: {
    account: {
      assignedTags: [
        { sourceField: ['id'], destField: ['createdBy'], destSchema: 'packageTags', cardinality: 'many' },
      ],
      requests: [
        { sourceField: ['id'], destField: ['requestedBy'], destSchema: 'packageRequests', cardinality: 'many' },
      ],
      deletedPackages: [
        { sourceField: ['id'], destField: ['deletedBy'], destSchema: 'packages', cardinality: 'many' },
      ],
      deletedTags: [
        { sourceField: ['id'], destField: ['deletedBy'], destSchema: 'tags', cardinality: 'many' },
      ],
    },
    packageDependencies: {
      package: [
        { sourceField: ['packageId'], destField: ['id'], destSchema: 'packages', cardinality: 'one' },
      ],
      version: [
        { sourceField: ['versionId'], destField: ['id'], destSchema: 'packageVersions', cardinality: 'one' },
      ],
      dependencyPackage: [
        { sourceField: ['dependencyPackageId'], destField: ['id'], destSchema: 'packages', cardinality: 'one' },
      ],
      resolvedPackageVersion: [
        { sourceField: ['resolvedVersionId'], destField: ['id'], destSchema: 'packageVersions', cardinality: 'one' },
      ],
    },
    packageRequests: {
      requester: [
        { sourceField: ['requestedBy'], destField: ['id'], destSchema: 'account', cardinality: 'one' },
      ],
      package: [
        { sourceField: ['packageId'], destField: ['id'], destSchema: 'packages', cardinality: 'one' },
      ],
      source: [
        { sourceField: ['sourceRequestId'], destField: ['id'], destSchema: 'packageRequests', cardinality: 'one' },
      ],
      queued: [
        { sourceField: ['id'], destField: ['sourceRequestId'], destSchema: 'packageRequests', cardinality: 'many' },
      ],
      root: [
        { sourceField: ['rootRequestId'], destField: ['id'], destSchema: 'packageRequests', cardinality: 'one' },
      ],
      chain: [
        { sourceField: ['id'], destField: ['rootRequestId'], destSchema: 'packageRequests', cardinality: 'many' },
      ],
    },
    packageTags: {
      package: [
        { sourceField: ['packageId'], destField: ['id'], destSchema: 'packages', cardinality: 'one' },
      ],
      tag: [
        { sourceField: ['tagId'], destField: ['id'], destSchema: 'tags', cardinality: 'one' },
      ],
      creator: [
        { sourceField: ['createdBy'], destField: ['id'], destSchema: 'account', cardinality: 'one' },
      ],
    },
    packageVersions: {
      package: [
        { sourceField: ['packageId'], destField: ['id'], destSchema: 'packages', cardinality: 'one' },
      ],
      dependencies: [
        { sourceField: ['id'], destField: ['versionId'], destSchema: 'packageDependencies', cardinality: 'many' },
      ],
      dependents: [
        { sourceField: ['id'], destField: ['resolvedVersionId'], destSchema: 'packageDependencies', cardinality: 'many' },
      ],
    },
    packages: {
      tags: [
        { sourceField: ['id'], destField: ['packageId'], destSchema: 'packageTags', cardinality: 'many' },
        { sourceField: ['tagId'], destField: ['id'], destSchema: 'tags', cardinality: 'many' },
      ],
      versions: [
        { sourceField: ['id'], destField: ['packageId'], destSchema: 'packageVersions', cardinality: 'many' },
      ],
      dependencies: [
        { sourceField: ['id'], destField: ['packageId'], destSchema: 'packageDependencies', cardinality: 'many' },
      ],
      dependents: [
        { sourceField: ['id'], destField: ['dependencyPackageId'], destSchema: 'packageDependencies', cardinality: 'many' },
      ],
      tagAssignments: [
        { sourceField: ['id'], destField: ['packageId'], destSchema: 'packageTags', cardinality: 'many' },
      ],
      requests: [
        { sourceField: ['id'], destField: ['packageId'], destSchema: 'packageRequests', cardinality: 'many' },
      ],
      deleter: [
        { sourceField: ['deletedBy'], destField: ['id'], destSchema: 'account', cardinality: 'one' },
      ],
    },
    tags: {
      packages: [
        { sourceField: ['id'], destField: ['tagId'], destSchema: 'packageTags', cardinality: 'many' },
        { sourceField: ['packageId'], destField: ['id'], destSchema: 'packages', cardinality: 'many' },
      ],
      assignments: [
        { sourceField: ['id'], destField: ['tagId'], destSchema: 'packageTags', cardinality: 'many' },
      ],
      deleter: [
        { sourceField: ['deletedBy'], destField: ['id'], destSchema: 'account', cardinality: 'one' },
      ],
    },
  },
} as const;

export const zql = createBuilder(schema);

export type Account = Row<(typeof schema)['tables']['account']>;
export type Package = Row<(typeof schema)['tables']['packages']>;
export type PackageVersion = Row<(typeof schema)['tables']['packageVersions']>;
export type PackageDependency = Row<(typeof schema)['tables']['packageDependencies']>;
export type PackageTag = Row<(typeof schema)['tables']['packageTags']>;
export type PackageRequest = Row<(typeof schema)['tables']['packageRequests']>;
export type Tag = Row<(typeof schema)['tables']['tags']>;

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    schema: typeof schema;
  }
}
