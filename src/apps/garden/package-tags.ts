import { uuid } from 'drizzle-orm/pg-core';
import {
  createdAt,
  id,
  indexOn,
  pgTable,
  references,
  uniqueOn,
  type Update,
} from '../../kit/index.ts';
import { account } from './account.ts';
import { packages } from './packages.ts';
import { tags } from './tags.ts';

/** A tag on a package, and who put it there. */
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
    // The seed's index on (package_id) is this key's prefix: left out.
    uniqueOn(t.packageId, t.tagId),
    references(t.packageId, packages.id, 'cascade'),
    references(t.tagId, tags.id, 'cascade'),
    references(t.createdBy, account.id, 'cascade'),
    indexOn(t.tagId),
    indexOn(t.createdBy),
  ],
);

export type PackageTag = typeof packageTags.$inferSelect;
export type NewPackageTag = typeof packageTags.$inferInsert;
export type PackageTagUpdate = Update<typeof packageTags>;
