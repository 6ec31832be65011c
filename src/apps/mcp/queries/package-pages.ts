import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { pagedQuery } from '../../../postgres/queries/paged-query.ts';
import { packageUsage } from '../tables/package-usage.ts';
import { packages } from '../tables/packages.ts';
import { listedColumns, type ListedPackage } from './listed-package.ts';

const size = 50;
const userId = sql`(${sql.placeholder('userId')}::text)::uuid`;
const byId = { id: { column: packages.id } };
const lastChanged = {
  updatedAt: { column: packages.updatedAt, direction: 'desc' },
  id: { column: packages.id, direction: 'desc' },
} as const;

/** A user with a package, and its language. */
async function example(db: AnyDatabase): Promise<{ userId: string; language: string } | undefined> {
  const [row] = await db
    .select({ userId: packages.userId, language: packages.language })
    .from(packages)
    .limit(1);
  return row;
}
const someUser = async (db: AnyDatabase): Promise<{ userId: string } | undefined> => {
  const found = await example(db);
  return found && { userId: found.userId };
};

export const changedPackages = pagedQuery<{ userId: string }, ListedPackage>({
  name: 'changed-packages',
  summary: 'the packages of a user, last changed first',
  size,
  order: lastChanged,
  build: (db, after) =>
    db
      .select(listedColumns)
      .from(packages)
      .where(and(eq(packages.userId, userId), after)),
  example: someUser,
});

export const newestPackages = pagedQuery<{ userId: string }, ListedPackage>({
  name: 'newest-packages',
  summary: 'the packages of a user, newest first',
  size,
  order: {
    createdAt: { column: packages.createdAt, direction: 'desc' },
    id: { column: packages.id, direction: 'desc' },
  },
  build: (db, after) =>
    db
      .select(listedColumns)
      .from(packages)
      .where(and(eq(packages.userId, userId), after)),
  example: someUser,
});

export const packagesOfLanguage = pagedQuery<{ userId: string; language: string }, ListedPackage>({
  name: 'packages-of-language',
  summary: 'the packages of a user in one language',
  size,
  order: byId,
  build: (db, after) =>
    db
      .select(listedColumns)
      .from(packages)
      .where(
        and(
          eq(packages.userId, userId),
          sql`${packages.language} = ${sql.placeholder('language')}::text`,
          after,
        ),
      ),
  example,
});

export const publicPackages = pagedQuery<{}, ListedPackage>({
  name: 'public-packages',
  summary: 'the public packages of everyone, last changed first',
  size,
  order: lastChanged,
  build: (db, after) =>
    db
      .select(listedColumns)
      .from(packages)
      .where(and(sql`${packages.visibility} = 'public'`, after)),
  example: () => Promise.resolve({}),
});

export const popularPackages = pagedQuery<{}, ListedPackage & { readonly useCount: number }>({
  name: 'popular-packages',
  summary: 'the most used packages that the principal may read',
  size,
  order: {
    useCount: { column: packageUsage.useCount, direction: 'desc' },
    id: { column: packageUsage.packageId },
  },
  build: (db, after) =>
    db
      .select({ ...listedColumns, useCount: packageUsage.useCount })
      .from(packageUsage)
      .innerJoin(packages, eq(packages.id, packageUsage.packageId))
      .where(after),
  example: () => Promise.resolve({}),
});

export const packagesOfCategory = pagedQuery<{ categoryId: string }, ListedPackage>({
  name: 'packages-of-category',
  summary: 'the packages of a category',
  size,
  order: byId,
  build: (db, after) =>
    db
      .select(listedColumns)
      .from(packages)
      .where(
        and(sql`${packages.categoryId} = (${sql.placeholder('categoryId')}::text)::uuid`, after),
      ),
  async example(db) {
    const [row] = await db
      .select({ categoryId: packages.categoryId })
      .from(packages)
      .where(isNotNull(packages.categoryId))
      .limit(1);
    return row?.categoryId ? { categoryId: row.categoryId } : undefined;
  },
});
