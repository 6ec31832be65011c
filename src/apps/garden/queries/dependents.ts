import { sql } from 'drizzle-orm';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { FIRST_ID, pageSize } from './page-size.ts';
import { number, selectRows, sent, value } from '../../../postgres/queries/row-fields.ts';

/**
 * The packages with a version that depends on the given one, oldest first. Start with
 * `after: FIRST_ID` and continue with the last id.
 *
 * @example
 * const users = await dependents(db, { packageId: react.id, after: FIRST_ID });
 */
export const dependents: PreparedQuery<{ packageId: string; after: string }, PackageRow> =
  gardenQuery({
    name: 'dependents',
    summary: 'the dependents of a package, in pages',
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

/** Maximum count. A result of this number means "1000 or more". */
export const COUNT_LIMIT = 1000;

/** Number of packages that depend on a package, counted up to {@link COUNT_LIMIT}. */
export const dependentsCount: PreparedQuery<{ packageId: string }, { count: number }> = gardenQuery(
  {
    name: 'dependents-count',
    summary: 'the number of dependents of a package, up to a thousand',
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

/** A package with the number of dependency rows that reference it. */
export interface PopularPackage extends PackageRow {
  /** An estimate from the statistics of Postgres. */
  readonly uses: number;
}

/**
 * The packages with the most dependency rows, with an estimate of the number. Counting millions of
 * rows for a list is too expensive, and a counter in `packages` would be updated with every
 * dependency. ANALYZE keeps the hundred most common values of a column with their frequencies.
 * Empty until the table is analyzed.
 */
export const popularPackages: PreparedQuery<Record<never, never>, PopularPackage> = gardenQuery({
  name: 'popular-packages',
  summary: 'the packages with the most dependents, with an estimated number',
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
