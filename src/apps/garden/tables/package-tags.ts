import { uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  and,
  anyone,
  createdAt,
  exists,
  id,
  indexOn,
  or,
  owner,
  pgTable,
  references,
  uniqueOn,
  type Rule,
  type Update,
} from '../../../kit/index.ts';
import { access, admin } from '../access.ts';

import { account } from './account.ts';
import { packages } from './packages.ts';
import { tags } from './tags.ts';

/**
 * The principal may read both the package and the tag. This also applies to a new row, so that
 * nobody can tag a hidden package.
 */
const onVisible = (t: Record<'packageId' | 'tagId', AnyPgColumn<{ data: string }>>): Rule =>
  and(
    exists(
      () => packages,
      { id: t.packageId },
      () => anyone,
      { rows: 'visible' },
    ),
    exists(
      () => tags,
      { id: t.tagId },
      () => anyone,
      { rows: 'visible' },
    ),
  );

/** A tag on a package, and the user who assigned it. */
export const packageTags = pgTable(
  'package_tags',
  {
    id: id(),
    packageId: uuid('package_id').notNull(),
    tagId: uuid('tag_id').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // Replaces the first design's index on (package_id), which is a prefix of this key.
    uniqueOn(t.packageId, t.tagId),
    references(t.packageId, packages.id, 'cascade'),
    references(t.tagId, tags.id, 'cascade'),
    references(t.createdBy, account.id, 'cascade'),
    // Includes the package, so that the packages of a tag can be read in pages.
    indexOn(t.tagId, t.packageId),
    indexOn(t.createdBy),
    ...access(t, {
      read: onVisible(t),
      insert: and(owner(t.createdBy), onVisible(t)),
      delete: and(or(owner(t.createdBy), admin), onVisible(t)),
      immutable: [t.packageId, t.tagId, t.createdBy, t.createdAt],
    }),
  ],
).enableRLS();

export type PackageTag = typeof packageTags.$inferSelect;
export type NewPackageTag = typeof packageTags.$inferInsert;
export type PackageTagUpdate = Update<typeof packageTags>;
