import { and, eq, sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { pagedQuery } from '../../../postgres/queries/paged-query.ts';
import { promptHistory, type PromptStatus } from '../tables/prompt-history.ts';

/** A prompt in a list. */
export interface ListedPrompt {
  readonly id: string;
  readonly frameworkName: string;
  readonly model: string;
  readonly userInput: string;
  readonly createdAt: Date;
  readonly status: PromptStatus;
}

const columns = {
  id: promptHistory.id,
  frameworkName: promptHistory.frameworkName,
  model: promptHistory.model,
  userInput: promptHistory.userInput,
  createdAt: promptHistory.createdAt,
  status: promptHistory.status,
};
const size = 50;
const userId = sql`(${sql.placeholder('userId')}::text)::uuid`;
const newest = {
  createdAt: { column: promptHistory.createdAt, direction: 'desc' },
  id: { column: promptHistory.id, direction: 'desc' },
} as const;

async function example(
  db: AnyDatabase,
): Promise<{ userId: string; frameworkId: string; status: string } | undefined> {
  const [row] = await db
    .select({
      userId: promptHistory.userId,
      frameworkId: promptHistory.frameworkId,
      status: promptHistory.status,
    })
    .from(promptHistory)
    .limit(1);
  return row;
}

export const promptPages = pagedQuery<{ userId: string }, ListedPrompt>({
  name: 'prompt-history',
  summary: 'the prompts of a user, newest first',
  size,
  order: newest,
  build: (db, after) =>
    db
      .select(columns)
      .from(promptHistory)
      .where(and(eq(promptHistory.userId, userId), after)),
  async example(db) {
    const found = await example(db);
    return found && { userId: found.userId };
  },
});

export const frameworkPages = pagedQuery<{ userId: string; frameworkId: string }, ListedPrompt>({
  name: 'prompts-of-framework',
  summary: 'the prompts of a user with one framework, newest first',
  size,
  order: newest,
  build: (db, after) =>
    db
      .select(columns)
      .from(promptHistory)
      .where(
        and(
          eq(promptHistory.userId, userId),
          sql`${promptHistory.frameworkId} = ${sql.placeholder('frameworkId')}::text`,
          after,
        ),
      ),
  async example(db) {
    const found = await example(db);
    return found && { userId: found.userId, frameworkId: found.frameworkId };
  },
});

export const statusPages = pagedQuery<{ userId: string; status: string }, ListedPrompt>({
  name: 'prompts-with-status',
  summary: 'the prompts of a user with one status, newest first',
  size,
  order: newest,
  build: (db, after) =>
    db
      .select(columns)
      .from(promptHistory)
      .where(
        and(
          eq(promptHistory.userId, userId),
          sql`${promptHistory.status} = ${sql.placeholder('status')}::text`,
          after,
        ),
      ),
  async example(db) {
    const found = await example(db);
    return found && { userId: found.userId, status: found.status };
  },
});
