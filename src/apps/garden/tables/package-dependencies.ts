import { isNotNull, isNull } from 'drizzle-orm';
import { text, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  createdAt,
  enumeration,
  id,
  indexOn,
  maxLength,
  oneOf,
  pgTable,
  printable,
  references,
  sortedText,
  type Update,
} from '../../../kit/index.ts';
import { access, worker } from '../access.ts';
import { ofVisiblePackage } from './of-visible-package.ts';

import { packageVersions } from './package-versions.ts';
import { packages } from './packages.ts';

/** The purpose of a dependency. */
export const dependencyTypes = ['runtime', 'dev', 'peer', 'optional'] as const;

/** How a version was resolved. */
export const resolutions = ['registry', 'alias', 'url', 'git', 'file', 'unresolved'] as const;

/**
 * A dependency of a version: the range and the resolved version. The links are NULL while
 * the target is not in the garden.
 */
export const packageDependencies = pgTable(
  'package_dependencies',
  {
    id: id(),
    packageId: uuid('package_id').notNull(),
    versionId: uuid('version_id').notNull(),
    dependencyName: sortedText('dependency_name').notNull(),
    /** The package of the dependency, once the garden has it. */
    dependencyPackageId: uuid('dependency_package_id'),
    /** Range as in the manifest, for example ^1.0.0. */
    dependencyVersionRange: text('dependency_version_range').notNull(),
    /**
     * The resolved version. If resolution is neither registry nor alias, the
     * specification as written.
     */
    resolvedVersion: sortedText('resolved_version').notNull(),
    /** The resolved version, once the garden has it. */
    resolvedVersionId: uuid('resolved_version_id'),
    /** How resolved_version was determined. Only registry and alias refer to a published version. */
    resolution: enumeration('resolution', resolutions).notNull(),
    dependencyType: enumeration('dependency_type', dependencyTypes).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    oneOf(t.resolution),
    oneOf(t.dependencyType),
    printable(t.dependencyName, { max: 256 }),
    // May be empty, because npm reads an empty range as "any version".
    maxLength(t.dependencyVersionRange, 1024),
    printable(t.resolvedVersion, { max: 256 }),
    references(t.packageId, packages.id, 'cascade'),
    references(t.versionId, packageVersions.id, 'cascade'),
    references(t.dependencyPackageId, packages.id, 'set null'),
    references(t.resolvedVersionId, packageVersions.id, 'set null'),
    indexOn(t.packageId),
    indexOn(t.versionId),
    // For pages of the dependents of a package or of one version, each package once,
    // without sorting up to a hundred thousand rows.
    indexOn(t.dependencyPackageId, t.packageId).where(isNotNull(t.dependencyPackageId)),
    indexOn(t.resolvedVersionId, t.packageId).where(isNotNull(t.resolvedVersionId)),
    // Linked dependencies are found by their link, so only the names of the others are
    // indexed. The first design had three redundant indexes on names: (dependency_name)
    // alone, with the type, and with the version.
    indexOn(t.dependencyName, t.resolvedVersion).where(isNull(t.resolvedVersionId)),
    ...access(t, {
      read: ofVisiblePackage(t),
      insert: and(worker, ofVisiblePackage(t)),
      update: and(worker, ofVisiblePackage(t)),
      delete: and(worker, ofVisiblePackage(t)),
      immutable: [t.packageId, t.versionId, t.createdAt],
    }),
  ],
).enableRLS();

export type PackageDependency = typeof packageDependencies.$inferSelect;
export type NewPackageDependency = typeof packageDependencies.$inferInsert;
export type PackageDependencyUpdate = Update<typeof packageDependencies>;
export type DependencyType = (typeof dependencyTypes)[number];
export type Resolution = (typeof resolutions)[number];
