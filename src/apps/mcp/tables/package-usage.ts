import { integer, uuid } from 'drizzle-orm/pg-core';
import {
  atLeast,
  descending,
  id,
  indexOn,
  instant,
  pgTable,
  references,
  uniqueOn,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { ofVisiblePackage, packages } from './packages.ts';

/**
 * How often a package was used. A table of its own, because a use changes neither the package nor
 * its indexes. Only record_package_use() writes it, which makes the counts exact.
 */
export const packageUsage = pgTable(
  'package_usage',
  {
    id: id(),
    packageId: uuid('package_id').notNull(),
    useCount: integer('use_count').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
  },
  (t) => [
    uniqueOn(t.packageId),
    references(t.packageId, packages.id, 'cascade'),
    atLeast(t.useCount, 1),
    // The most popular packages.
    indexOn(descending(t.useCount), t.packageId),
    ...access(t, {
      read: ofVisiblePackage(t.packageId),
    }),
  ],
).enableRLS();

export type PackageUsage = typeof packageUsage.$inferSelect;
