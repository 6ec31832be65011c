import { isNotNull, sql } from 'drizzle-orm';
import { jsonb, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  and,
  anyone,
  boundedJson,
  createdAt,
  descending,
  enumeration,
  eq,
  exists,
  id,
  indexOn,
  maxLength,
  notBlank,
  oneOf,
  or,
  owner,
  pgTable,
  printable,
  references,
  serverOnly,
  sortedText,
  textItems,
  uniqueOn,
  updatedAt,
  type Rule,
  type Update,
} from '../../../kit/index.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { access } from '../access.ts';
import { packageWords, searchIndexes, wordVector } from '../search/search-indexes.ts';
import { categories } from './categories.ts';
import { users } from './users.ts';

/** Who may read a package besides its owner. */
export const visibilities = [
  'private',
  /** Everyone who knows its id. It is in no list and no search. */
  'unlisted',
  /** The users in package_shares. */
  'shared',
  'public',
] as const;
export type Visibility = (typeof visibilities)[number];

/** Extensible data about a package. Narrow it with a Zod schema of your own. */
export type PackageMetadata = JsonObject;

/** A package configuration of one user. */
export const packages = pgTable(
  'packages',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    name: sortedText('name').notNull(),
    description: text('description').notNull(),
    /** Programming language, such as typescript. */
    language: sortedText('language').notNull(),
    /** The prompt that sets up the package; NULL if none is needed. */
    setupPrompt: text('setup_prompt'),
    tags: text('tags').array().notNull(),
    /** Patterns of the files that the package is relevant for, such as src/**\/*.ts. */
    relevantFilesPattern: text('relevant_files_pattern').array().notNull(),
    metadata: jsonb('metadata').$type<PackageMetadata>().notNull(),
    /** For the search in the database. */
    words: serverOnly(wordVector('words').generatedAlwaysAs(packageWords)),
    visibility: enumeration('visibility', visibilities).notNull(),
    categoryId: uuid('category_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    // The seed's index on (user_id) is a prefix of this key.
    uniqueOn(t.userId, t.name),
    references(t.userId, users.id, 'cascade'),
    references(t.categoryId, categories.id, 'set null'),
    oneOf(t.visibility),
    printable(t.name, { max: 200 }),
    notBlank(t.description, { max: 2_000 }),
    printable(t.language, { max: 64 }),
    maxLength(t.setupPrompt, 20_000),
    textItems(t.tags, { maxItems: 50, maxLength: 64 }),
    textItems(t.relevantFilesPattern, { maxItems: 100, maxLength: 256 }),
    boundedJson(t.metadata, { shape: 'object', maxBytes: 65_536, maxDepth: 16 }),
    // The seed's indexes on (language), (created_at) and (updated_at). Every query is about the
    // packages of one user, so the user comes first, and the id makes the order of pages stable.
    indexOn(t.userId, t.language, t.id),
    indexOn(t.userId, descending(t.createdAt), descending(t.id)),
    indexOn(t.userId, descending(t.updatedAt), descending(t.id)),
    indexOn(t.categoryId, t.id).where(isNotNull(t.categoryId)),
    // The newest public packages, for everyone.
    indexOn(descending(t.updatedAt), descending(t.id)).where(sql`${t.visibility} = 'public'`),
    indexOn(t.language, descending(t.updatedAt), descending(t.id)).where(
      sql`${t.visibility} = 'public'`,
    ),
    ...searchIndexes(t),
    ...access(t, {
      read: or(
        owner(t.userId),
        eq(t.visibility, 'public'),
        and(
          eq(t.visibility, 'shared'),
          exists(
            () => packageShares,
            { packageId: t.id },
            (s) => owner(s.userId),
          ),
        ),
      ),
      insert: owner(t.userId),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [t.userId, t.createdAt],
    }),
  ],
).enableRLS();

/** The package of the row belongs to the principal. */
export const ofOwnPackage = (packageId: AnyPgColumn<{ data: string }>): Rule =>
  exists(
    () => packages,
    { id: packageId },
    (p) => owner(p.userId),
  );

/** The principal may read the package of the row. */
export const ofVisiblePackage = (packageId: AnyPgColumn<{ data: string }>): Rule =>
  exists(
    () => packages,
    { id: packageId },
    () => anyone,
    { rows: 'visible' },
  );

/** A user who may read a package whose visibility is shared. */
export const packageShares = pgTable(
  'package_shares',
  {
    id: id(),
    packageId: uuid('package_id').notNull(),
    userId: uuid('user_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueOn(t.packageId, t.userId),
    references(t.packageId, packages.id, 'cascade'),
    references(t.userId, users.id, 'cascade'),
    indexOn(t.userId, t.packageId),
    ...access(t, {
      read: or(owner(t.userId), ofOwnPackage(t.packageId)),
      insert: ofOwnPackage(t.packageId),
      delete: or(owner(t.userId), ofOwnPackage(t.packageId)),
    }),
  ],
).enableRLS();

export type Package = typeof packages.$inferSelect;
export type NewPackage = typeof packages.$inferInsert;
export type PackageUpdate = Update<typeof packages>;
/** A new package without its times, such as a form has it. */
export type PackageDraft = Omit<NewPackage, 'createdAt' | 'updatedAt'>;
/** A change of a package without its times. */
export type PackageChange = Omit<PackageUpdate, 'createdAt' | 'updatedAt'>;
export type PackageShare = typeof packageShares.$inferSelect;
export type NewPackageShare = typeof packageShares.$inferInsert;
