import { sql, type SQL } from 'drizzle-orm';
import { COUNT_LIMIT } from './dependents.ts';
import type { PreparedQuery } from '../../../queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import {
  FIRST_ID,
  idList,
  LAST_ID,
  number,
  pageSize,
  selectRows,
  text,
  textOrNull,
  value,
} from './row-fields.ts';

/** Which tags; the ids come from `idList`. */
export interface TagFilter extends Record<string, unknown> {
  /** A package that has any of these is left out. */
  readonly none: string;
  /** The page before this package. Begin with `LAST_ID`. */
  readonly before: string;
}

// A list of ids arrives as text; in a subquery it is read once, and not for every row.
const list = (name: string): SQL => sql`(select ${value(name, 'uuid[]')})::uuid[]`;

// Counts in lateral joins, not EXISTS in the condition: Postgres would turn that into
// a join that may read the whole table. A count is asked for one package at a time,
// until the page is full, and its cost does not hide which index the page should use.
// "Is true" hides the tags from the index: a package's few rows lie together in the key,
// and one look there finds them all, where the index of a tag would take one for each.
const among = (ids: SQL): SQL => sql`lateral (
  select count(*) as tags from package_tags other
  where other.package_id = pt.package_id and (other.tag_id = any (${ids})) is true)`;

const withoutNone = sql`cross join ${among(list('none'))} as bad`;
const withRest = sql`cross join ${among(list('rest'))} as rest`;
const hasNone = sql`bad.tags = 0`;
const hasRest = sql`rest.tags = cardinality(${list('rest')})`;

// Most packages lack the rarest of the rest already: a look for that one costs a
// quarter of counting them all. OFFSET keeps it a look, and no join.
const hasSecond = sql`(cardinality(${list('rest')}) = 0 or exists (
    select from package_tags other where other.package_id = pt.package_id
      and other.tag_id = (${list('rest')})[1] offset 0))`;

/** The package of a row, looked up by its key and in no other way. */
const alive = sql`lateral (
  select * from packages where id = pt.package_id and deleted_at is null limit 1) as p`;

/** The page begins with the newest, and no tag leaves anything out. */
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
 * Packages that have every one of the tags, and none of the others, the newest
 * first. The rows of `first` are walked: let it be the rarest, and `rest` begin with the
 * next. Tags that hardly ever meet cost a walk through all that `first` has.
 */
export const packagesUnderAll: PreparedQuery<
  TagFilter & { first: string; rest: string },
  PackageRow
> = gardenQuery({
  name: 'packages-under-all',
  summary: 'packages that have all of these tags and none of those',
  // Two that many have fill a page.
  sample: ({ tags }) => ({ ...walked(tags.slice(-2)), ...unfiltered }),
  build: (db) => selectRows(db, packageFields, underAll(packageColumns, pageSize)),
});

/** How many {@link packagesUnderAll} finds from there on, counted up to {@link COUNT_LIMIT}. */
export const countUnderAll: PreparedQuery<
  TagFilter & { first: string; rest: string },
  { count: number }
> = gardenQuery({
  name: 'count-under-all',
  summary: 'how many packages have all of these tags and none of those, up to a thousand',
  // The rarest ones hardly meet, and a count takes longest over those.
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

/** Packages that have one of the tags at least, and none of the others, the newest first. */
export const packagesUnderAny: PreparedQuery<TagFilter & { any: string }, PackageRow> = gardenQuery(
  {
    name: 'packages-under-any',
    summary: 'packages that have any of these tags and none of those',
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

/** Packages that have none of the tags, the newest first. */
export const packagesUnderNone: PreparedQuery<TagFilter, PackageRow> = gardenQuery({
  name: 'packages-under-none',
  summary: 'packages that have none of these tags',
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

/** Every tag with how many packages are under it, counted up to {@link COUNT_LIMIT}. */
export const tagCounts: PreparedQuery<
  Record<never, never>,
  { id: string; slug: string; name: string; color: string | null; count: number }
> = gardenQuery({
  name: 'tag-counts',
  summary: 'every tag with how many packages are under it, up to a thousand each',
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
