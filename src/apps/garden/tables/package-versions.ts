import { boolean, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  createdAt,
  descending,
  id,
  indexOn,
  instant,
  matches,
  pgTable,
  printable,
  references,
  sortedText,
  uniqueOn,
  type Update,
} from '../../../kit/index.ts';
import { access, worker } from '../access.ts';
import { ofVisiblePackage } from './of-visible-package.ts';

import { packages } from './packages.ts';

/** A published version of a package. */
export const packageVersions = pgTable(
  'package_versions',
  {
    id: id(),
    packageId: uuid('package_id').notNull(),
    version: sortedText('version').notNull(),
    /**
     * Text that sorts bytewise in the registry's order, so that the latest version is the
     * first row of an index. For semver it is semverSortKey().
     */
    sortKey: sortedText('sort_key').notNull(),
    isPrerelease: boolean('is_prerelease').notNull(),
    /** Publication time, if the registry has it. */
    publishedAt: instant('published_at'),
    /** When a worker found the version withdrawn. The row is kept because others depend on it. */
    yankedAt: instant('yanked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    // Replaces the first design's index on (package_id), which is a prefix of this key.
    uniqueOn(t.packageId, t.version),
    printable(t.version, { max: 256 }),
    matches(t.sortKey, /^[!-~]+$/, { max: 512 }),
    references(t.packageId, packages.id, 'cascade'),
    indexOn(t.packageId, descending(t.sortKey)),
    // The only index with NULLS LAST, as in the query for new versions: a version without a
    // date is not new.
    indexOn(t.publishedAt.desc().nullsLast()),
    ...access(t, {
      read: ofVisiblePackage(t),
      insert: and(worker, ofVisiblePackage(t)),
      update: and(worker, ofVisiblePackage(t)),
      delete: and(worker, ofVisiblePackage(t)),
      immutable: [t.packageId, t.createdAt],
    }),
  ],
).enableRLS();

export type PackageVersion = typeof packageVersions.$inferSelect;
export type NewPackageVersion = typeof packageVersions.$inferInsert;
export type PackageVersionUpdate = Update<typeof packageVersions>;
