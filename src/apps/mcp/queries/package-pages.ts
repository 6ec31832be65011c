import { and, desc, eq, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { preparedQuery, type PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { packageUsage } from '../tables/package-usage.ts';
import { packages } from '../tables/packages.ts';

/** A package in a list. */
export interface ListedPackage {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly updatedAt: Date;
}

const columns = {
  id: packages.id,
  name: packages.name,
  language: packages.language,
  updatedAt: packages.updatedAt,
};
const PAGE = 50;
const userId = sql`(${sql.placeholder('userId')}::text)::uuid`;

/** Rows after the last one of the page before, in descending order. */
const before = (column: typeof packages.updatedAt | typeof packages.createdAt): SQL =>
  sql`(${column}, ${packages.id}) < ((${sql.placeholder('time')}::text)::timestamptz, (${sql.placeholder('id')}::text)::uuid)`;

/** Someone with a package, and the start of a descending list. */
async function someUser(db: AnyDatabase): Promise<{ userId: string } | undefined> {
  const [row] = await db.select({ userId: packages.userId }).from(packages).limit(1);
  return row;
}
/** The last row of the page before. */
type Cursor = Record<'time' | 'id', string>;
const start: Cursor = { time: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

export const changedPackages: PreparedQuery<Record<'userId', string> & Cursor, ListedPackage> =
  preparedQuery({
    name: 'changed-packages',
    summary: 'the packages of a user, last changed first',
    build: (db) =>
      db
        .select(columns)
        .from(packages)
        .where(and(eq(packages.userId, userId), before(packages.updatedAt)))
        .orderBy(desc(packages.updatedAt), desc(packages.id))
        .limit(PAGE),
    example: async (db) => withStart(await someUser(db)),
  });

export const newestPackages: PreparedQuery<Record<'userId', string> & Cursor, ListedPackage> =
  preparedQuery({
    name: 'newest-packages',
    summary: 'the packages of a user, newest first',
    build: (db) =>
      db
        .select(columns)
        .from(packages)
        .where(and(eq(packages.userId, userId), before(packages.createdAt)))
        .orderBy(desc(packages.createdAt), desc(packages.id))
        .limit(PAGE),
    example: async (db) => withStart(await someUser(db)),
  });

export const packagesOfLanguage: PreparedQuery<
  { userId: string; language: string; id: string },
  ListedPackage
> = preparedQuery({
  name: 'packages-of-language',
  summary: 'the packages of a user in one language',
  build: (db) =>
    db
      .select(columns)
      .from(packages)
      .where(
        and(
          eq(packages.userId, userId),
          sql`${packages.language} = ${sql.placeholder('language')}::text`,
          sql`${packages.id} > (${sql.placeholder('id')}::text)::uuid`,
        ),
      )
      .orderBy(packages.id)
      .limit(PAGE),
  async example(db) {
    const [row] = await db
      .select({ userId: packages.userId, language: packages.language })
      .from(packages)
      .limit(1);
    return row && { ...row, id: '00000000-0000-0000-0000-000000000000' };
  },
});

export const publicPackages: PreparedQuery<
  Record<'time' | 'id', string>,
  ListedPackage
> = preparedQuery({
  name: 'public-packages',
  summary: 'the public packages of everyone, last changed first',
  build: (db) =>
    db
      .select(columns)
      .from(packages)
      .where(and(sql`${packages.visibility} = 'public'`, before(packages.updatedAt)))
      .orderBy(desc(packages.updatedAt), desc(packages.id))
      .limit(PAGE),
  example: () => Promise.resolve({ ...start }),
});

export const popularPackages: PreparedQuery<
  { after: string },
  ListedPackage & { readonly useCount: number }
> = preparedQuery({
  name: 'popular-packages',
  summary: 'the most used packages that the principal may read',
  build: (db) =>
    db
      .select({ ...columns, useCount: packageUsage.useCount })
      .from(packageUsage)
      .innerJoin(packages, eq(packages.id, packageUsage.packageId))
      .where(sql`${packageUsage.useCount} < (${sql.placeholder('after')}::text)::int`)
      .orderBy(desc(packageUsage.useCount), packageUsage.packageId)
      .limit(PAGE),
  example: () => Promise.resolve({ after: '2147483647' }),
});

export const packagesOfCategory: PreparedQuery<{ categoryId: string; id: string }, ListedPackage> =
  preparedQuery({
    name: 'packages-of-category',
    summary: 'the packages of a category',
    build: (db) =>
      db
        .select(columns)
        .from(packages)
        .where(
          and(
            sql`${packages.categoryId} = (${sql.placeholder('categoryId')}::text)::uuid`,
            sql`${packages.id} > (${sql.placeholder('id')}::text)::uuid`,
          ),
        )
        .orderBy(packages.id)
        .limit(PAGE),
    async example(db) {
      const [row] = await db
        .select({ categoryId: packages.categoryId })
        .from(packages)
        .where(isNotNull(packages.categoryId))
        .limit(1);
      return row?.categoryId
        ? { categoryId: row.categoryId, id: '00000000-0000-0000-0000-000000000000' }
        : undefined;
    },
  });

const withStart = (user: { userId: string } | undefined) => user && { ...user, ...start };
