import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  atLeast,
  createdAt,
  id,
  pgTable,
  references,
  sortedText,
  uniqueOn,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { ofOwnPackage, packages, type PackageMetadata } from './packages.ts';

/**
 * A former state of a package. A trigger writes one before each change of the content, so nobody
 * else inserts, changes or deletes a version. Only the owner reads them: a public package may have
 * been private.
 */
export const packageVersions = pgTable(
  'package_versions',
  {
    id: id(),
    packageId: uuid('package_id').notNull(),
    /** 1, 2, 3 … for each package. */
    version: integer('version').notNull(),
    name: sortedText('name').notNull(),
    description: text('description').notNull(),
    language: sortedText('language').notNull(),
    setupPrompt: text('setup_prompt'),
    tags: text('tags').array().notNull(),
    relevantFilesPattern: text('relevant_files_pattern').array().notNull(),
    metadata: jsonb('metadata').$type<PackageMetadata>().notNull(),
    /** When the package got this state. */
    createdAt: createdAt(),
  },
  (t) => [
    uniqueOn(t.packageId, t.version),
    references(t.packageId, packages.id, 'cascade'),
    atLeast(t.version, 1),
    ...access(t, { read: ofOwnPackage(t.packageId) }),
  ],
).enableRLS();

export type PackageVersion = typeof packageVersions.$inferSelect;
