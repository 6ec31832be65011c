import { sql, type SQL } from 'drizzle-orm';
import { COUNT_LIMIT } from './dependents.ts';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { FIRST_ID, LAST_ID, pageSize } from './page-size.ts';
import {
  idList,
  number,
  selectRows,
  text,
  textOrNull,
  value,
} from '../../../postgres/queries/row-fields.ts';

/** Common filter values. Encode lists of ids with `idList`. */
export interface TagFilter extends Record<string, unknown> {
  /** Excludes packages that have any of these tags. */
  readonly none: string;
  /** Returns packages before this id. Start with `LAST_ID`. */
  readonly before: string;
}

// A list of ids is sent as text. In a subquery it is parsed once instead of per row.
const list = (name: string): SQL => sql`(select ${value(name, 'uuid[]')})::uuid[]`;

// Counts in lateral joins instead of EXISTS, which Postgres would turn into a join that may read
// the whole table. A count runs per package until the page is full, and does not affect the choice
// of index for the page. `is true` keeps the tags out of the index condition: one lookup by package
// finds its few rows, instead of one lookup per tag.
const among = (ids: SQL): SQL => sql`lateral (
  select count(*) as tags from package_tags other
  where other.package_id = pt.package_id and (other.tag_id = any (${ids})) is true)`;

const withoutNone = sql`cross join ${among(list('none'))} as bad`;
const withRest = sql`cross join ${among(list('rest'))} as rest`;
const hasNone = sql`bad.tags = 0`;
const hasRest = sql`rest.tags = cardinality(${list('rest')})`;

// Most packages lack the rarest of the other tags. Checking that one first costs a quarter of
// counting all of them. OFFSET 0 keeps it a lookup instead of a join.
const hasSecond = sql`(cardinality(${list('rest')}) = 0 or exists (
    select from package_tags other where other.package_id = pt.package_id
      and other.tag_id = (${list('rest')})[1] offset 0))`;

/** Looks up the package of a row by its primary key. */
const alive = sql`lateral (
  select * from packages where id = pt.package_id and deleted_at is null limit 1) as p`;

/** Starts with the newest package and excludes no tag. */
const unfiltered: TagFilter = { none: idList([]), before: LAST_ID };

const walked = ([first = FIRST_ID, ...rest]: readonly string[]): {
  readonly first: string;
  readonly rest: string;
} => ({ first, rest: idList(rest) });

const underAll = (columns: SQL, limit: SQL): SQL => sql`select ${columns}
  from package_tags pt ${withRest} ${withoutNone} cross join ${alive}
  where pt.tag_id = ${value('first', 'uuid')} and pt.package_id < ${value('before', 'uuid')}
    and ${hasSecond} and ${hasRest} and ${hasNone}
  order by pt.package_id desc limit ${limit}`;

/**
 * Packages that have all of the tags and none of the excluded ones, newest first. The query
 * scans the packages of `first`, so pass the rarest tag as `first`, and start `rest` with the
 * next rarest. Tags that rarely occur together need a scan of all packages of `first`.
 */
export const packagesUnderAll: PreparedQuery<
  TagFilter & { first: string; rest: string },
  PackageRow
> = gardenQuery({
  name: 'packages-under-all',
  summary: 'packages that have all of the tags and none of the excluded ones',
  // The two most common tags, so that the page is full.
  sample: ({ tags }) => ({ ...walked(tags.slice(-2)), ...unfiltered }),
  build: (db) => selectRows(db, packageFields, underAll(packageColumns, pageSize)),
});

/** Number of packages that {@link packagesUnderAll} finds, counted up to {@link COUNT_LIMIT}. */
export const countUnderAll: PreparedQuery<
  TagFilter & { first: string; rest: string },
  { count: number }
> = gardenQuery({
  name: 'count-under-all',
  summary:
    'the number of packages with all of the tags and none of the excluded ones, up to a thousand',
  // The rarest tags rarely occur together, which is the worst case for a count.
  sample: ({ tags }) => ({ ...walked(tags), ...unfiltered }),
  build: (db) =>
    selectRows(
      db,
      { count: number('count') },
      sql`select count(*) from (
          ${underAll(sql`pt.package_id`, sql.raw(String(COUNT_LIMIT)))}
        ) as one`,
    ),
});

/** Packages that have at least one of the tags and none of the excluded ones, newest first. */
export const packagesUnderAny: PreparedQuery<TagFilter & { any: string }, PackageRow> = gardenQuery(
  {
    name: 'packages-under-any',
    summary: 'packages that have any of the tags and none of the excluded ones',
    sample: ({ tags }) => ({ any: idList(tags), ...unfiltered }),
    build: (db) =>
      selectRows(
        db,
        packageFields,
        sql`select ${packageColumns} from (
          select distinct page.package_id
          from unnest(${value('any', 'uuid[]')}) as want (id) cross join lateral (
            select pt.package_id from package_tags pt ${withoutNone} cross join ${alive}
            where pt.tag_id = want.id and pt.package_id < ${value('before', 'uuid')} and ${hasNone}
            order by pt.package_id desc limit ${pageSize}
          ) as page
        ) as one join packages p on p.id = one.package_id
        order by p.id desc limit ${pageSize}`,
      ),
  },
);

/** Packages that have none of the tags, newest first. */
export const packagesUnderNone: PreparedQuery<TagFilter, PackageRow> = gardenQuery({
  name: 'packages-under-none',
  summary: 'packages that have none of the tags',
  sample: () => unfiltered,
  build: (db) =>
    selectRows(
      db,
      packageFields,
      sql`select ${sql.raw('pt.package_id as id, pt.name, pt.registry, pt.description, pt.created_at')}
        from (select id as package_id, * from packages) as pt ${withoutNone}
        where pt.deleted_at is null and pt.package_id < ${value('before', 'uuid')} and ${hasNone}
        order by pt.package_id desc limit ${pageSize}`,
    ),
});

/** All tags with their number of packages, counted up to {@link COUNT_LIMIT}. */
export const tagCounts: PreparedQuery<
  Record<never, never>,
  { id: string; slug: string; name: string; color: string | null; count: number }
> = gardenQuery({
  name: 'tag-counts',
  summary: 'all tags with their number of packages, up to a thousand each',
  sample: () => ({}),
  build: (db) =>
    selectRows(
      db,
      {
        id: text('id'),
        slug: text('slug'),
        name: text('name'),
        color: textOrNull('color'),
        count: number('count'),
      },
      sql`select t.id, t.slug, t.name, t.color, counted.count
        from tags t cross join lateral (
          select count(*) from (
            select from package_tags pt where pt.tag_id = t.id order by pt.tag_id, pt.package_id
            limit ${sql.raw(String(COUNT_LIMIT))}
          ) as one
        ) as counted
        where t.deleted_at is null order by t.slug`,
    ),
});
