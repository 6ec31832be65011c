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
 * A software package in one registry. Values that other tables imply (latest version,
 * number of dependents) are not stored.
 */
export const packages = pgTable(
  'packages',
  {
    id: id(),
    /** Name as the registry spells it. The registry decides whether case matters. */
    name: sortedText('name').notNull(),
    registry: enumeration('registry', registries).notNull(),
    description: text('description'),
    homepage: text('homepage'),
    /** Web address of the source. */
    repository: text('repository'),
    /** The registry's tags, such as `latest`, with their versions. */
    distTags: jsonb('dist_tags').$type<Readonly<Record<string, string>>>(),
    /** ETag of the last response, sent as If-None-Match. */
    etag: text('etag'),
    /** Time of the last fetch, successful or not. */
    lastFetchAttempt: instant('last_fetch_attempt'),
    /** Time of the last successful fetch. The cooldown starts here. */
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
