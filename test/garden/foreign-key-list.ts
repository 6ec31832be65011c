import type { TableName } from './plant-rows.ts';

export interface ForeignKeyCase {
  readonly constraint: string;
  readonly table: TableName;
  /** By its TypeScript name, like the fields below. */
  readonly column: string;
  readonly target: TableName;
  readonly onDelete: 'cascade' | 'set null';
  /** The relation from the row to its target. */
  readonly one: string;
  /** The relation from the target to all rows that reference it. */
  readonly many: string;
}

/**
 * Every foreign key of the garden, written by hand: the expected effect of a delete is
 * defined here, not derived from the code under test.
 */
export const foreignKeys: readonly ForeignKeyCase[] = [
  {
    constraint: 'fk_packages_deleted_by_account',
    table: 'packages',
    column: 'deletedBy',
    target: 'account',
    onDelete: 'set null',
    one: 'deleter',
    many: 'deletedPackages',
  },
  {
    constraint: 'fk_tags_deleted_by_account',
    table: 'tags',
    column: 'deletedBy',
    target: 'account',
    onDelete: 'set null',
    one: 'deleter',
    many: 'deletedTags',
  },
  {
    constraint: 'fk_package_versions_package_id_packages',
    table: 'packageVersions',
    column: 'packageId',
    target: 'packages',
    onDelete: 'cascade',
    one: 'package',
    many: 'versions',
  },
  {
    constraint: 'fk_package_dependencies_package_id_packages',
    table: 'packageDependencies',
    column: 'packageId',
    target: 'packages',
    onDelete: 'cascade',
    one: 'package',
    many: 'dependencies',
  },
  {
    constraint: 'fk_package_dependencies_version_id_package_versions',
    table: 'packageDependencies',
    column: 'versionId',
    target: 'packageVersions',
    onDelete: 'cascade',
    one: 'version',
    many: 'dependencies',
  },
  {
    constraint: 'fk_package_dependencies_dependency_package_id_packages',
    table: 'packageDependencies',
    column: 'dependencyPackageId',
    target: 'packages',
    onDelete: 'set null',
    one: 'dependencyPackage',
    many: 'dependents',
  },
  {
    constraint: 'fk_package_dependencies_resolved_version_id_package_versions',
    table: 'packageDependencies',
    column: 'resolvedVersionId',
    target: 'packageVersions',
    onDelete: 'set null',
    one: 'resolvedPackageVersion',
    many: 'dependents',
  },
  {
    constraint: 'fk_package_requests_requested_by_account',
    table: 'packageRequests',
    column: 'requestedBy',
    target: 'account',
    onDelete: 'set null',
    one: 'requester',
    many: 'requests',
  },
  {
    constraint: 'fk_package_requests_source_request_id_package_requests',
    table: 'packageRequests',
    column: 'sourceRequestId',
    target: 'packageRequests',
    onDelete: 'set null',
    one: 'source',
    many: 'queued',
  },
  {
    constraint: 'fk_package_requests_root_request_id_package_requests',
    table: 'packageRequests',
    column: 'rootRequestId',
    target: 'packageRequests',
    onDelete: 'set null',
    one: 'root',
    many: 'chain',
  },
  {
    constraint: 'fk_package_requests_package_id_packages',
    table: 'packageRequests',
    column: 'packageId',
    target: 'packages',
    onDelete: 'set null',
    one: 'package',
    many: 'requests',
  },
  {
    constraint: 'fk_package_tags_package_id_packages',
    table: 'packageTags',
    column: 'packageId',
    target: 'packages',
    onDelete: 'cascade',
    one: 'package',
    many: 'tagAssignments',
  },
  {
    constraint: 'fk_package_tags_tag_id_tags',
    table: 'packageTags',
    column: 'tagId',
    target: 'tags',
    onDelete: 'cascade',
    one: 'tag',
    many: 'assignments',
  },
  {
    constraint: 'fk_package_tags_created_by_account',
    table: 'packageTags',
    column: 'createdBy',
    target: 'account',
    onDelete: 'cascade',
    one: 'creator',
    many: 'assignedTags',
  },
];
