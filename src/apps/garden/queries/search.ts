import { sql, type SQL } from 'drizzle-orm';
import { packages } from '../tables/packages.ts';
import { packageWords } from '../tables/search.ts';
import type { PreparedQuery } from '../../../postgres/queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { pageSize } from './page-size.ts';
import { number, selectRows, value } from '../../../postgres/queries/row-fields.ts';

/** A package in a search result, best first. */
export interface FoundPackage extends PackageRow {
  /**
   * 4 for the exact name, 2 or more for a prefix, 1 or more for words, less than 1 for similar
   * names.
   */
  readonly rank: number;
}

const fields = { ...packageFields, rank: number('rank') };
const small = sql`lower(${value('text', 'text')})`;
const asked = sql`websearch_to_tsquery('english', ${value('text', 'text')})`;

// Ranking all packages with a very common word would be too slow, so only this many of them are
// ranked, in no particular order.
const CANDIDATES = sql.raw('250');

// The upper bound is outside the subquery, as in `packagesWithPrefix`.
const byPrefix = sql`select p.id, p.name,
    case when lower(p.name) = ${small} then 4 else 2 + 1.0 / length(p.name) end as rank
  from (
    select id, name from packages
    where deleted_at is null and lower(name) >= ${small}
    order by lower(name) limit ${pageSize}
  ) as p
  where lower(p.name) < ${small} || chr(1114111)`;

const byWords = sql`select "packages"."id", "packages"."name", 1 + ts_rank(${packageWords(packages)}, ${asked}) as rank
  from (
    select * from "packages"
    where ${packageWords(packages)} @@ ${asked} and "packages"."deleted_at" is null
    limit ${CANDIDATES}
  ) as "packages"`;

/** The default threshold of the operator `%`. */
const ALIKE = sql.raw('0.3');

// A typing error usually leaves the start or the end of a name unchanged. So the intended name is
// near the text when names are sorted, or when reversed names are sorted. Comparing this many names
// on each side costs the same in every database. A trigram index would return all names that share
// a trigram.
const NEAR = sql.raw('300');

const neighbours = (key: SQL, text: SQL): SQL => {
  const side = (sign: SQL, order: SQL): SQL => sql`(select p.id, p.name from packages p
    where p.deleted_at is null and ${key} ${sign} ${text} order by ${key} ${order} limit ${NEAR})`;
  return sql`${side(sql`<`, sql`desc`)} union all ${side(sql`>=`, sql`asc`)}`;
};

// OFFSET 0 keeps the condition outside, so that the similarity is computed once per name.
const byLikeness = sql`select id, name, rank from (
    select p.id, p.name, similarity(lower(p.name), ${small}) as rank
    from (
      ${neighbours(sql`lower(p.name)`, small)} union all
      ${neighbours(sql`reverse(lower(p.name))`, sql`reverse(${small})`)}
    ) as p
    where (select count(*) from found) < 10 offset 0
  ) as compared
  where rank >= ${ALIKE}`;

// The ranking includes the name, so that only the rows of the page are read.
const ranked = (all: SQL): SQL => sql`select ${packageColumns}, best.rank
  from (
    select id, name, max(rank) as rank from (${all}) as one group by id, name
    order by rank desc, name, id limit ${pageSize}
  ) as best
  cross join lateral (select * from packages where id = best.id limit 1) as p
  order by best.rank desc, p.name, p.id`;

/**
 * Searches packages by exact name, name prefix, and words in name and description. If those
 * find little, it also finds similar names. Needs the extension pg_trgm; without it use
 * {@link searchWords}.
 *
 * @example
 * const found = await search(db, { text: 'lodahs' }); // lodash, …
 */
export const search: PreparedQuery<{ text: string }, FoundPackage> = gardenQuery({
  name: 'search',
  summary: 'packages by name, words and similarity, ranked',
  sample: ({ package: { name } }) => ({ text: name.slice(0, -1) }),
  build: (db) =>
    selectRows(
      db,
      fields,
      sql`with found as materialized ((${byPrefix}) union all (${byWords}))
        ${ranked(sql`select * from found union all (${byLikeness})`)}`,
    ),
});

/** Like {@link search}, but without similar names. For a server without pg_trgm. */
export const searchWords: PreparedQuery<{ text: string }, FoundPackage> = gardenQuery({
  name: 'search-words',
  summary: 'packages by name and words, ranked',
  sample: ({ package: { name } }) => ({ text: name.slice(0, -1) }),
  build: (db) => selectRows(db, fields, ranked(sql`(${byPrefix}) union all (${byWords})`)),
});
