import { isNotNull } from 'drizzle-orm';
import { text } from 'drizzle-orm/pg-core';
import {
  createdAt,
  id,
  indexOn,
  matches,
  maxLength,
  notDeleted,
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
import { access, admin } from '../access.ts';

import { account } from './account.ts';

/** A category for finding packages, such as "database". Tags have no hierarchy. */
export const tags = pgTable(
  'tags',
  {
    id: id(),
    name: sortedText('name').notNull(),
    /** The name in URLs. */
    slug: sortedText('slug').notNull(),
    description: text('description'),
    /** Colour as #rrggbb, in lower case. */
    color: text('color'),
    ...softDelete(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    // These keys replace the first design's indexes on (name) and (slug). Its (deleted_at)
    // WHERE deleted_at IS NULL is omitted, because all its entries are equal.
    uniqueOn(t.name),
    uniqueOn(t.slug),
    printable(t.name, { max: 64 }),
    matches(t.slug, /^[a-z0-9]+(-[a-z0-9]+)*$/, { max: 64 }),
    maxLength(t.description, 1_000),
    matches(t.color, /^#[0-9a-f]{6}$/),
    references(t.deletedBy, account.id, 'set null'),
    indexOn(t.deletedBy).where(isNotNull(t.deletedBy)),
    ...access(t, {
      read: or(notDeleted(t), admin),
      insert: admin,
      update: admin,
      immutable: [t.createdAt],
    }),
  ],
).enableRLS();

export type Tag = typeof tags.$inferSelect;
export type NewTag = typeof tags.$inferInsert;
export type TagUpdate = Update<typeof tags>;
