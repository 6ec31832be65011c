import { sql, type SQL } from 'drizzle-orm';
import { packages } from '../tables/packages.ts';
import { packageWords } from '../tables/search.ts';
import type { PreparedQuery } from '../../../queries/prepared-query.ts';
import { gardenQuery } from './garden-query.ts';
import { packageColumns, packageFields, type PackageRow } from './package-row.ts';
import { number, pageSize, selectRows, value } from './row-fields.ts';

/** A package that a search found, the best first. */
export interface FoundPackage extends PackageRow {
  /** 4 for the name itself, from 2 for its beginning, from 1 for words, below for what looks alike. */
  readonly rank: number;
}

const fields = { ...packageFields, rank: number('rank') };
const small = sql`lower(${value('text', 'text')})`;
const asked = sql`websearch_to_tsquery('english', ${value('text', 'text')})`;

// A word that a tenth of the garden has would cost a tenth of the garden to rank:
// so many of the packages that have it are looked at, in no particular order.
const CANDIDATES = sql.raw('250');

// As in `packagesWithPrefix`, the end of the range stands outside.
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

/** As the operator `%` has it where nobody set another. */
const ALIKE = sql.raw('0.3');

// A slip of the pen leaves the beginning of a name as it was, or its end, or both. So the
// name that was meant stands near the text in the order of names, or in the order of names
// read backwards. So many on either side are compared with it, which costs the same in
// every garden: an index of trigrams would give all names that share some with it.
const NEAR = sql.raw('300');

const beside = (key: SQL, text: SQL): SQL => {
  const side = (sign: SQL, order: SQL): SQL => sql`(select p.id, p.name from packages p
    where p.deleted_at is null and ${key} ${sign} ${text} order by ${key} ${order} limit ${NEAR})`;
  return sql`${side(sql`<`, sql`desc`)} union all ${side(sql`>=`, sql`asc`)}`;
};

// Behind OFFSET they are compared once each: it keeps the condition outside.
const byLikeness = sql`select id, name, rank from (
    select p.id, p.name, similarity(lower(p.name), ${small}) as rank
    from (
      ${beside(sql`lower(p.name)`, small)} union all
      ${beside(sql`reverse(lower(p.name))`, sql`reverse(${small})`)}
    ) as p
    where (select count(*) from found) < 10 offset 0
  ) as compared
  where rank >= ${ALIKE}`;

// Names come along, so that only the rows of the page are read.
const ranked = (all: SQL): SQL => sql`select ${packageColumns}, best.rank
  from (
    select id, name, max(rank) as rank from (${all}) as one group by id, name
    order by rank desc, name, id limit ${pageSize}
  ) as best
  cross join lateral (select * from packages where id = best.id limit 1) as p
  order by best.rank desc, p.name, p.id`;

/**
 * Packages for what a person typed: the name itself, names that begin so, the
 * words of name and description, and where those find little, names that look
 * alike. Needs the extension pg_trgm; without it use {@link searchWords}.
 *
 * @example
 * const found = await search(db, { text: 'lodahs' }); // lodash, …
 */
export const search: PreparedQuery<{ text: string }, FoundPackage> = gardenQuery({
  name: 'search',
  summary: 'packages by name, words and likeness, ranked',
  sample: ({ package: { name } }) => ({ text: name.slice(0, -1) }),
  build: (db) =>
    selectRows(
      db,
      fields,
      sql`with found as materialized ((${byPrefix}) union all (${byWords}))
        ${ranked(sql`select * from found union all (${byLikeness})`)}`,
    ),
});

/** As {@link search}, without the forgiveness for typing errors: for a server without pg_trgm. */
export const searchWords: PreparedQuery<{ text: string }, FoundPackage> = gardenQuery({
  name: 'search-words',
  summary: 'packages by name and words, ranked',
  sample: ({ package: { name } }) => ({ text: name.slice(0, -1) }),
  build: (db) => selectRows(db, fields, ranked(sql`(${byPrefix}) union all (${byWords})`)),
});
