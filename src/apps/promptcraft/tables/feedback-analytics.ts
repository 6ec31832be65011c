import { date, integer, jsonb, numeric } from 'drizzle-orm/pg-core';
import {
  atLeast,
  between,
  boundedJson,
  createdAt,
  id,
  pgTable,
  role,
  uniqueOn,
  updatedAt,
} from '../../../kit/index.ts';
import { access } from '../access.ts';

/** Numbers by a value of an enumeration. */
export type Counts = Readonly<Record<string, number>>;

/** The feedback of one day in UTC. refresh_feedback_analytics() computes it. */
export const feedbackAnalytics = pgTable(
  'feedback_analytics',
  {
    id: id(),
    date: date('date').notNull(),
    totalFeedback: integer('total_feedback').notNull(),
    resolvedFeedback: integer('resolved_feedback').notNull(),
    /** The first design had numeric(5, 2), which overflows after 42 days. */
    avgResponseTimeHours: numeric('avg_response_time_hours', {
      precision: 9,
      scale: 2,
      mode: 'number',
    }),
    avgRating: numeric('avg_rating', { precision: 3, scale: 2, mode: 'number' }),
    feedbackByType: jsonb('feedback_by_type').$type<Counts>(),
    feedbackByPriority: jsonb('feedback_by_priority').$type<Counts>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueOn(t.date),
    atLeast(t.totalFeedback, 0),
    atLeast(t.resolvedFeedback, 0),
    atLeast(t.avgResponseTimeHours, 0),
    between(t.avgRating, 1, 5),
    boundedJson(t.feedbackByType, { shape: 'object', maxBytes: 4_096, maxDepth: 1 }),
    boundedJson(t.feedbackByPriority, { shape: 'object', maxBytes: 4_096, maxDepth: 1 }),
    ...access(t, { read: role('admin') }),
  ],
).enableRLS();

export type FeedbackAnalytics = typeof feedbackAnalytics.$inferSelect;
