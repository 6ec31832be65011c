import { and, eq, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { pagedQuery } from '../../../postgres/queries/paged-query.ts';
import { feedbackTagLinks } from '../tables/feedback-tags.ts';
import { feedback, type FeedbackStatus } from '../tables/feedback.ts';

/** Feedback in a list. */
export interface ListedFeedback {
  readonly id: string;
  readonly message: string;
  readonly status: FeedbackStatus;
  readonly createdAt: Date;
  readonly respondedAt: Date | null;
}

const columns = {
  id: feedback.id,
  message: feedback.message,
  status: feedback.status,
  createdAt: feedback.createdAt,
  respondedAt: feedback.respondedAt,
};
const size = 50;
const idOf = (name: string): SQL => sql`(${sql.placeholder(name)}::text)::uuid`;
const newest = {
  createdAt: { column: feedback.createdAt, direction: 'desc' },
  id: { column: feedback.id, direction: 'desc' },
} as const;

/** The value of a column in some feedback. */
const some = async (
  db: AnyDatabase,
  column: typeof feedback.userId | typeof feedback.categoryId | typeof feedback.adminUserId,
): Promise<string | undefined> => {
  const [row] = await db.select({ id: column }).from(feedback).where(isNotNull(column)).limit(1);
  return row?.id ?? undefined;
};

export const ownFeedback = pagedQuery<{ userId: string }, ListedFeedback>({
  name: 'own-feedback',
  summary: 'the feedback of a user, newest first',
  size,
  order: newest,
  build: (db, after) =>
    db
      .select(columns)
      .from(feedback)
      .where(and(eq(feedback.userId, idOf('userId')), after)),
  async example(db) {
    const userId = await some(db, feedback.userId);
    return userId === undefined ? undefined : { userId };
  },
});

export const feedbackQueue = pagedQuery<{ status: string }, ListedFeedback>({
  name: 'feedback-queue',
  summary: 'the feedback with a status, oldest first',
  size,
  order: { createdAt: { column: feedback.createdAt }, id: { column: feedback.id } },
  build: (db, after) =>
    db
      .select(columns)
      .from(feedback)
      .where(and(sql`${feedback.status} = ${sql.placeholder('status')}::text`, after)),
  example: () => Promise.resolve({ status: 'open' }),
});

export const feedbackOfCategory = pagedQuery<{ categoryId: string }, ListedFeedback>({
  name: 'feedback-of-category',
  summary: 'the feedback of a category, newest first',
  size,
  order: newest,
  build: (db, after) =>
    db
      .select(columns)
      .from(feedback)
      .where(and(eq(feedback.categoryId, idOf('categoryId')), after)),
  async example(db) {
    const categoryId = await some(db, feedback.categoryId);
    return categoryId === undefined ? undefined : { categoryId };
  },
});

export const answeredFeedback = pagedQuery<{ adminUserId: string }, ListedFeedback>({
  name: 'answered-feedback',
  summary: 'the answers of an administrator, newest first',
  size,
  order: {
    respondedAt: { column: feedback.respondedAt, direction: 'desc' },
    id: { column: feedback.id, direction: 'desc' },
  },
  build: (db, after) =>
    db
      .select(columns)
      .from(feedback)
      .where(and(eq(feedback.adminUserId, idOf('adminUserId')), after)),
  async example(db) {
    const adminUserId = await some(db, feedback.adminUserId);
    return adminUserId === undefined ? undefined : { adminUserId };
  },
});

export const feedbackWithTag = pagedQuery<{ tagId: string }, ListedFeedback>({
  name: 'feedback-with-tag',
  summary: 'the feedback with a tag',
  size,
  order: { id: { column: feedback.id } },
  build: (db, after) =>
    db
      .select(columns)
      .from(feedbackTagLinks)
      .innerJoin(feedback, eq(feedback.id, feedbackTagLinks.feedbackId))
      .where(and(eq(feedbackTagLinks.tagId, idOf('tagId')), after)),
  async example(db) {
    const [row] = await db
      .select({ tagId: feedbackTagLinks.tagId })
      .from(feedbackTagLinks)
      .limit(1);
    return row;
  },
});
