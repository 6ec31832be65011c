import { jsonb, text } from 'drizzle-orm/pg-core';
import {
  and,
  createdAt,
  descending,
  enumeration,
  id,
  indexOn,
  isAlive,
  instant,
  matches,
  maxLength,
  notDeleted,
  oneOf,
  or,
  pgTable,
  printable,
  references,
  softDelete,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access, admin, staff, worker } from '../access.ts';

import { isNotNull } from 'drizzle-orm';
import { account } from './account.ts';
import { nameBackwards, nameInAnyCase, wordsOfPackage } from './search.ts';
import { registries } from './registry.ts';
import { MAX_ADDRESS, webAddress } from './web-address.ts';

/**
 * A software package of one registry. What can be counted or sorted out of the
 * other tables (latest version, number of dependents) is not repeated here.
 */
export const packages = pgTable(
  'packages',
  {
    id: id(),
    /** As the registry spells it: whether case matters is the registry's rule. */
    name: sortedText('name').notNull(),
    registry: enumeration('registry', registries).notNull(),
    description: text('description'),
    homepage: text('homepage'),
    /** Where the source is, as an address that a browser opens. */
    repository: text('repository'),
    /** The registry's own names for versions, such as `latest`, and the version of each. */
    distTags: jsonb('dist_tags').$type<Readonly<Record<string, string>>>(),
    /** What the registry called its last answer, to ask with whether it still stands. */
    etag: text('etag'),
    /** When a worker last asked the registry, with or without success. */
    lastFetchAttempt: instant('last_fetch_attempt'),
    /** When a worker last got an answer. The cooldown of an hour counts from here. */
    lastFetchSuccess: instant('last_fetch_success'),
    ...softDelete(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    // Replaces the first design's index on (name), which is a prefix of this key.
    uniqueOn(t.name, t.registry),
    oneOf(t.registry),
    printable(t.name, { max: 256 }),
    maxLength(t.description, 10_000),
    matches(t.homepage, webAddress, { max: MAX_ADDRESS }),
    matches(t.repository, webAddress, { max: MAX_ADDRESS }),
    maxLength(t.etag, 512),
    references(t.deletedBy, account.id, 'set null'),
    // The first design had (registry). Pages list a registry by name.
    indexOn(t.registry, t.name).where(isAlive(t)),
    indexOn(t.lastFetchAttempt),
    // The first design's (deleted_at) WHERE deleted_at IS NULL is omitted, because all its
    // entries are equal. These indexes have no condition, because zero-cache does not copy
    // partial indexes.
    indexOn(descending(t.createdAt), descending(t.id)),
    indexOn(descending(t.updatedAt), descending(t.id)),
    // For search by name prefix, case-insensitive, and by words in name and description.
    nameInAnyCase(t),
    nameBackwards(t),
    wordsOfPackage(t),
    // Every foreign key has an index. It is partial because most rows were never deleted.
    indexOn(t.deletedBy).where(isNotNull(t.deletedBy)),
    ...access(t, {
      read: or(notDeleted(t), staff),
      insert: worker,
      // Admins soft-delete and restore. Workers update rows that are not deleted, and
      // cannot delete them.
      update: or(admin, and(worker, notDeleted(t))),
      immutable: [t.createdAt],
    }),
  ],
).enableRLS();

export type Package = typeof packages.$inferSelect;
export type NewPackage = typeof packages.$inferInsert;
export type PackageUpdate = Update<typeof packages>;
