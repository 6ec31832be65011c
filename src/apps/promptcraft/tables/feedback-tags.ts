import { boolean, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import {
  anyone,
  createdAt,
  exists,
  id,
  indexOn,
  matches,
  maxLength,
  or,
  pgTable,
  printable,
  references,
  role,
  sortedText,
  uniqueOn,
  updatedAt,
  type Rule,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { feedback } from './feedback.ts';

/** A tag that administrators give to feedback. */
export const feedbackTags = pgTable(
  'feedback_tags',
  {
    id: id(),
    name: sortedText('name').notNull(),
    description: text('description'),
    /** #RRGGBB. */
    color: sortedText('color').notNull(),
    isActive: boolean('is_active').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.name),
    printable(t.name, { max: 50 }),
    maxLength(t.description, 2_000),
    matches(t.color, /^#[0-9A-Fa-f]{6}$/, { max: 7 }),
    ...access(t, {
      read: anyone,
      insert: role('admin'),
      update: role('admin'),
      delete: role('admin'),
      immutable: [t.createdAt],
    }),
  ],
).enableRLS();

const ofVisibleFeedback = (feedbackId: AnyPgColumn<{ data: string }>): Rule =>
  exists(
    () => feedback,
    { id: feedbackId },
    () => anyone,
    { rows: 'visible' },
  );

/** A tag of one feedback. */
export const feedbackTagLinks = pgTable(
  'feedback_tag_links',
  {
    id: id(),
    feedbackId: uuid('feedback_id').notNull(),
    tagId: uuid('tag_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueOn(t.feedbackId, t.tagId),
    references(t.feedbackId, feedback.id, 'cascade'),
    references(t.tagId, feedbackTags.id, 'cascade'),
    // The feedback with a tag.
    indexOn(t.tagId, t.feedbackId),
    ...access(t, {
      read: or(role('admin'), ofVisibleFeedback(t.feedbackId)),
      insert: role('admin'),
      delete: role('admin'),
    }),
  ],
).enableRLS();

export type FeedbackTag = typeof feedbackTags.$inferSelect;
export type NewFeedbackTag = typeof feedbackTags.$inferInsert;
export type FeedbackTagUpdate = Update<typeof feedbackTags>;
export type FeedbackTagLink = typeof feedbackTagLinks.$inferSelect;
export type NewFeedbackTagLink = typeof feedbackTagLinks.$inferInsert;
