import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  acyclic,
  anyone,
  companionSql,
  createdAt,
  id,
  indexOn,
  maxLength,
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

/** A category of feedback. Categories form a tree. */
export const feedbackCategories = pgTable(
  'feedback_categories',
  {
    id: id(),
    name: sortedText('name').notNull(),
    description: text('description'),
    /** NULL for a category at the top. */
    parentId: uuid('parent_id'),
    isActive: boolean('is_active').notNull(),
    sortOrder: integer('sort_order').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.name),
    references(t.parentId, t.id, 'restrict'),
    printable(t.name, { max: 100 }),
    maxLength(t.description, 2_000),
    // The children of a category, in their order.
    indexOn(t.parentId, t.sortOrder, t.id),
    ...access(t, {
      read: anyone,
      insert: role('admin'),
      update: role('admin'),
      delete: role('admin'),
      immutable: [t.createdAt],
    }),
  ],
).enableRLS();

export const noFeedbackCategoryCycles = /* @__PURE__ */ companionSql(
  ...acyclic({ from: feedbackCategories.id, to: feedbackCategories.parentId }),
);

export type FeedbackCategory = typeof feedbackCategories.$inferSelect;
export type NewFeedbackCategory = typeof feedbackCategories.$inferInsert;
export type FeedbackCategoryUpdate = Update<typeof feedbackCategories>;
