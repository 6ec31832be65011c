import { and, eq, sql } from 'drizzle-orm';
import { preparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { packages } from '../tables/packages.ts';
import { listedColumns, type ListedPackage } from './listed-package.ts';

/** A package by its name, which is unique for each user. */
export const packageByName = preparedQuery<{ userId: string; name: string }, ListedPackage>({
  name: 'package-by-name',
  summary: 'the package of a user with a name',
  build: (db) =>
    db
      .select(listedColumns)
      .from(packages)
      .where(
        and(
          eq(packages.userId, sql`(${sql.placeholder('userId')}::text)::uuid`),
          eq(packages.name, sql`${sql.placeholder('name')}::text`),
        ),
      ),
  async example(db) {
    const [row] = await db
      .select({ userId: packages.userId, name: packages.name })
      .from(packages)
      .limit(1);
    return row;
  },
});
