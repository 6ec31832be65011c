import { sql } from 'drizzle-orm';
import type { PreparedQuery } from '../../../queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { FIRST_ID, number, pageSize, selectRows, sent, value } from './row-fields.ts';

/**
 * The packages that depend on one, in any version, the oldest first. Begin with
 * `after: FIRST_ID`, go on with the last one's id.
 *
 * @example
 * const users = await dependents(db, { packageId: react.id, after: FIRST_ID });
 */
export const dependents: PreparedQuery<{ packageId: string; after: string }, PackageRow> =
  gardenQuery({
    name: 'dependents',
    summary: 'the packages that depend on a package, after one',
    sample: ({ package: { id } }) => ({ packageId: id, after: FIRST_ID }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns}
          from (
            select distinct package_id from package_dependencies
            where dependency_package_id = ${value('packageId', 'uuid')}
              and package_id > ${value('after', 'uuid')}
            order by package_id
          ) as one
          cross join lateral (
            select * from packages where id = one.package_id and deleted_at is null limit 1
          ) as p
          order by one.package_id limit ${pageSize}`,
      ),
  });

/** Beyond this it says "a thousand and more" and not how many. */
export const COUNT_LIMIT = 1000;

/** How many packages depend on one, counted up to {@link COUNT_LIMIT}. */
export const dependentsCount: PreparedQuery<{ packageId: string }, { count: number }> = gardenQuery(
  {
    name: 'dependents-count',
    summary: 'how many packages depend on a package, up to a thousand',
    sample: ({ package: { id } }) => ({ packageId: id }),
    build: (db) =>
      selectRows(
        db,
        { count: number('count') },
        sql`select count(*) from (
        select distinct package_id from package_dependencies
        where dependency_package_id = ${value('packageId', 'uuid')}
        order by package_id limit ${sql.raw(String(COUNT_LIMIT))}
      ) as one`,
      ),
  },
);

/** A package with how many rows of dependencies lead to it. */
export interface PopularPackage extends PackageRow {
  /** An estimate: Postgres counted a sample. */
  readonly uses: number;
}

/**
 * The packages that most versions depend on, with about how many do. Counting
 * millions of rows for a list is too dear, and a count in `packages` would be
 * written with every dependency; but ANALYZE keeps the hundred commonest values
 * of a column, with their shares. Empty until the table was analysed.
 */
export const popularPackages: PreparedQuery<Record<never, never>, PopularPackage> = gardenQuery({
  name: 'popular-packages',
  summary: 'the packages that are needed most, with an estimate of how often',
  sample: () => ({}),
  build: (db) =>
    selectRows(
      db,
      { ...packageFields, uses: number('uses') },
      sql`select ${packageColumns}, round(common.share * total.rows) as uses
        from pg_stats as stats
        cross join lateral unnest(stats.most_common_vals::text::uuid[], stats.most_common_freqs)
          as common (id, share)
        cross join (select reltuples as rows from pg_class where oid = 'public.package_dependencies'::regclass) as total
        join packages p on p.id = common.id
        where stats.schemaname = ${sent('public')} and stats.tablename = 'package_dependencies'
          and stats.attname = 'dependency_package_id' and p.deleted_at is null
        order by common.share desc limit ${pageSize}`,
    ),
});
