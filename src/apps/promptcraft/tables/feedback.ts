import { integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  between,
  boundedJson,
  createdAt,
  descending,
  enumeration,
  eq,
  id,
  indexOn,
  instant,
  isNull,
  matches,
  maxLength,
  notBlank,
  oneOf,
  or,
  owner,
  pgTable,
  printable,
  references,
  role,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import type { JsonObject } from '../../../kit/index.ts';
import { access } from '../access.ts';
import { feedbackCategories } from './feedback-categories.ts';
import { users } from './users.ts';

export const feedbackTypes = ['bug', 'feature', 'general', 'support'] as const;
export type FeedbackType = (typeof feedbackTypes)[number];
export const feedbackPriorities = ['low', 'medium', 'high', 'urgent'] as const;
export type FeedbackPriority = (typeof feedbackPriorities)[number];
export const feedbackStatuses = ['open', 'in_progress', 'resolved', 'closed'] as const;
export type FeedbackStatus = (typeof feedbackStatuses)[number];

/** What the browser or the device says of itself. */
export type ClientInfo = JsonObject;

/**
 * Feedback of a user, or of someone who is not signed in. An administrator answers it, and the
 * user rates the answer with rate_feedback().
 */
export const feedback = pgTable(
  'feedback',
  {
    id: id(),
    /** NULL for anonymous feedback, and after the user is deleted. */
    userId: uuid('user_id'),
    categoryId: uuid('category_id'),
    message: text('message').notNull(),
    feedbackType: enumeration('feedback_type', feedbackTypes).notNull(),
    priority: enumeration('priority', feedbackPriorities).notNull(),
    status: enumeration('status', feedbackStatuses).notNull(),
    contactEmail: text('contact_email'),
    contactName: text('contact_name'),
    userAgent: text('user_agent'),
    browserInfo: jsonb('browser_info').$type<ClientInfo>(),
    deviceInfo: jsonb('device_info').$type<ClientInfo>(),
    adminResponse: text('admin_response'),
    adminUserId: uuid('admin_user_id'),
    /** Time of the database at the first answer, whatever the client's clock says. */
    respondedAt: instant('responded_at'),
    /** How satisfied the user is, from 1 to 5. */
    rating: integer('rating'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    references(t.userId, users.id, 'set null'),
    references(t.adminUserId, users.id, 'set null'),
    references(t.categoryId, feedbackCategories.id, 'set null'),
    notBlank(t.message, { max: 20_000 }),
    oneOf(t.feedbackType),
    oneOf(t.priority),
    oneOf(t.status),
    matches(t.contactEmail, /^[^\u0001-\u0020@]+@[^\u0001-\u0020@]+$/, { max: 255 }),
    printable(t.contactName, { max: 100 }),
    maxLength(t.userAgent, 1_000),
    boundedJson(t.browserInfo, { shape: 'object', maxBytes: 16_384, maxDepth: 4 }),
    boundedJson(t.deviceInfo, { shape: 'object', maxBytes: 16_384, maxDepth: 4 }),
    notBlank(t.adminResponse, { max: 20_000 }),
    between(t.rating, 1, 5),
    // The feedback of a user, newest first.
    indexOn(t.userId, descending(t.createdAt), descending(t.id)),
    // The queue of the administrators, oldest first.
    indexOn(t.status, t.createdAt, t.id),
    indexOn(t.categoryId, descending(t.createdAt), descending(t.id)),
    // The answers of an administrator, newest first.
    indexOn(t.adminUserId, descending(t.respondedAt), descending(t.id)),
    // The feedback of a day, for feedback_analytics.
    indexOn(t.createdAt, t.id),
    ...access(t, {
      read: or(owner(t.userId), role('admin')),
      // Anonymous feedback goes through submit_feedback(), because its author cannot read it.
      insert: and(
        owner(t.userId),
        eq(t.status, 'open'),
        isNull(t.adminResponse),
        isNull(t.adminUserId),
        isNull(t.respondedAt),
        isNull(t.rating),
      ),
      update: role('admin'),
      delete: or(owner(t.userId), role('admin')),
      immutable: [
        t.userId,
        t.message,
        t.feedbackType,
        t.contactEmail,
        t.contactName,
        t.userAgent,
        t.browserInfo,
        t.deviceInfo,
        t.rating,
        t.createdAt,
      ],
    }),
  ],
).enableRLS();

export type Feedback = typeof feedback.$inferSelect;
export type NewFeedback = typeof feedback.$inferInsert;
export type FeedbackUpdate = Update<typeof feedback>;
