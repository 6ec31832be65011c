import { uuid } from 'drizzle-orm/pg-core';
import {
  acyclic,
  anyone,
  companionSql,
  createdAt,
  id,
  matches,
  pgTable,
  printable,
  references,
  role,
  sortedText,
  uniqueOn,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';

/** A category of packages. Categories form a tree. */
export const categories = pgTable(
  'categories',
  {
    id: id(),
    /** NULL for a category at the top. */
    parentId: uuid('parent_id'),
    name: sortedText('name').notNull(),
    /** The name in addresses, unique under the parent. */
    slug: sortedText('slug').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.parentId, t.slug).nullsNotDistinct(),
    references(t.parentId, t.id, 'restrict'),
    printable(t.name, { max: 100 }),
    matches(t.slug, /^[a-z0-9]+(-[a-z0-9]+)*$/, { max: 64 }),
    ...access(t, {
      read: anyone,
      insert: role('admin'),
      update: role('admin'),
      delete: role('admin'),
      immutable: [t.createdAt],
    }),
  ],
).enableRLS();

export const noCategoryCycles = /* @__PURE__ */ companionSql(
  ...acyclic({ from: categories.id, to: categories.parentId }),
);

export type Category = typeof categories.$inferSelect;
export type NewCategory = typeof categories.$inferInsert;
export type CategoryUpdate = Update<typeof categories>;
