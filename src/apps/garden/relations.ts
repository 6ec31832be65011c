import { relations } from 'drizzle-orm';
import { account } from './tables/account.ts';
import { packageDependencies } from './tables/package-dependencies.ts';
import { packageRequests } from './tables/package-requests.ts';
import { packageTags } from './tables/package-tags.ts';
import { packageVersions } from './tables/package-versions.ts';
import { packages } from './tables/packages.ts';
import { tags } from './tables/tags.ts';

// Every foreign key has a relation in both directions. If two keys join the same two tables, a
// relationName pairs the relations; it is the name of the key column.

export const accountRelations = relations(account, ({ many }) => ({
  assignedTags: many(packageTags),
  requests: many(packageRequests),
  deletedPackages: many(packages),
  deletedTags: many(tags),
}));

export const packagesRelations = relations(packages, ({ one, many }) => ({
  versions: many(packageVersions),
  dependencies: many(packageDependencies, { relationName: 'package_id' }),
  dependents: many(packageDependencies, { relationName: 'dependency_package_id' }),
  tagAssignments: many(packageTags),
  requests: many(packageRequests),
  deleter: one(account, { fields: [packages.deletedBy], references: [account.id] }),
}));

export const packageVersionsRelations = relations(packageVersions, ({ one, many }) => ({
  package: one(packages, { fields: [packageVersions.packageId], references: [packages.id] }),
  dependencies: many(packageDependencies, { relationName: 'version_id' }),
  dependents: many(packageDependencies, { relationName: 'resolved_version_id' }),
}));

export const packageDependenciesRelations = relations(packageDependencies, ({ one }) => ({
  package: one(packages, {
    fields: [packageDependencies.packageId],
    references: [packages.id],
    relationName: 'package_id',
  }),
  version: one(packageVersions, {
    fields: [packageDependencies.versionId],
    references: [packageVersions.id],
    relationName: 'version_id',
  }),
  dependencyPackage: one(packages, {
    fields: [packageDependencies.dependencyPackageId],
    references: [packages.id],
    relationName: 'dependency_package_id',
  }),
  resolvedPackageVersion: one(packageVersions, {
    fields: [packageDependencies.resolvedVersionId],
    references: [packageVersions.id],
    relationName: 'resolved_version_id',
  }),
}));

export const packageRequestsRelations = relations(packageRequests, ({ one, many }) => ({
  requester: one(account, { fields: [packageRequests.requestedBy], references: [account.id] }),
  package: one(packages, { fields: [packageRequests.packageId], references: [packages.id] }),
  source: one(packageRequests, {
    fields: [packageRequests.sourceRequestId],
    references: [packageRequests.id],
    relationName: 'source_request_id',
  }),
  queued: many(packageRequests, { relationName: 'source_request_id' }),
  root: one(packageRequests, {
    fields: [packageRequests.rootRequestId],
    references: [packageRequests.id],
    relationName: 'root_request_id',
  }),
  chain: many(packageRequests, { relationName: 'root_request_id' }),
}));

export const tagsRelations = relations(tags, ({ one, many }) => ({
  assignments: many(packageTags),
  deleter: one(account, { fields: [tags.deletedBy], references: [account.id] }),
}));

export const packageTagsRelations = relations(packageTags, ({ one }) => ({
  package: one(packages, { fields: [packageTags.packageId], references: [packages.id] }),
  tag: one(tags, { fields: [packageTags.tagId], references: [tags.id] }),
  creator: one(account, { fields: [packageTags.createdBy], references: [account.id] }),
}));
