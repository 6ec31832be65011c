import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { pagedQuery } from '../../../postgres/queries/paged-query.ts';
import { promptTemplates } from '../tables/prompt-templates.ts';

/** A template in a list. */
export interface ListedTemplate {
  readonly id: string;
  readonly name: string;
  readonly frameworkId: string;
  readonly isPublic: boolean;
  readonly usageCount: number;
}

const columns = {
  id: promptTemplates.id,
  name: promptTemplates.name,
  frameworkId: promptTemplates.frameworkId,
  isPublic: promptTemplates.isPublic,
  usageCount: promptTemplates.usageCount,
};
const size = 50;
const open = sql`${promptTemplates.isPublic} and ${promptTemplates.isActive}`;
const mostUsed = {
  usageCount: { column: promptTemplates.usageCount, direction: 'desc' },
  id: { column: promptTemplates.id, direction: 'desc' },
} as const;

export const ownTemplates = pagedQuery<{ userId: string }, ListedTemplate>({
  name: 'own-templates',
  summary: 'the templates of a user, by name',
  size,
  order: { name: { column: promptTemplates.name }, id: { column: promptTemplates.id } },
  build: (db, after) =>
    db
      .select(columns)
      .from(promptTemplates)
      .where(
        and(eq(promptTemplates.userId, sql`(${sql.placeholder('userId')}::text)::uuid`), after),
      ),
  async example(db) {
    const [row] = await db
      .select({ userId: promptTemplates.userId })
      .from(promptTemplates)
      .where(isNotNull(promptTemplates.userId))
      .limit(1);
    return row?.userId ? { userId: row.userId } : undefined;
  },
});

export const popularTemplates = pagedQuery<{}, ListedTemplate>({
  name: 'popular-templates',
  summary: 'the most used public templates',
  size,
  order: mostUsed,
  build: (db, after) => db.select(columns).from(promptTemplates).where(and(open, after)),
  example: () => Promise.resolve({}),
});

export const templatesOfFramework = pagedQuery<{ frameworkId: string }, ListedTemplate>({
  name: 'templates-of-framework',
  summary: 'the most used public templates of one framework',
  size,
  order: mostUsed,
  build: (db, after) =>
    db
      .select(columns)
      .from(promptTemplates)
      .where(
        and(
          open,
          sql`${promptTemplates.frameworkId} = ${sql.placeholder('frameworkId')}::text`,
          after,
        ),
      ),
  async example(db) {
    const [row] = await db
      .select({ frameworkId: promptTemplates.frameworkId })
      .from(promptTemplates)
      .limit(1);
    return row;
  },
});
