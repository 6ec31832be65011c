import { text, uuid } from 'drizzle-orm/pg-core';
import {
  createdAt,
  descending,
  enumeration,
  id,
  indexOn,
  instant,
  notBlank,
  oneOf,
  owner,
  pgTable,
  references,
  retain,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { feedback } from './feedback.ts';
import { users } from './users.ts';

export const notificationKinds = ['feedback_answered'] as const;

/**
 * A message to a user. A trigger writes one when feedback is answered, unless the user has
 * switched notifications off. The user marks it as read, or deletes it.
 */
export const userNotifications = pgTable(
  'user_notifications',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    kind: enumeration('kind', notificationKinds).notNull(),
    feedbackId: uuid('feedback_id').notNull(),
    message: text('message').notNull(),
    readAt: instant('read_at'),
    createdAt: createdAt(),
  },
  (t) => [
    references(t.userId, users.id, 'cascade'),
    references(t.feedbackId, feedback.id, 'cascade'),
    oneOf(t.kind),
    notBlank(t.message, { max: 20_000 }),
    indexOn(t.userId, descending(t.createdAt), descending(t.id)),
    indexOn(t.feedbackId),
    ...retain(t.createdAt, '90 days'),
    ...access(t, {
      read: owner(t.userId),
      update: owner(t.userId),
      delete: owner(t.userId),
      immutable: [t.userId, t.kind, t.feedbackId, t.message, t.createdAt],
    }),
  ],
).enableRLS();

export type UserNotification = typeof userNotifications.$inferSelect;
