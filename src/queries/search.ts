import { sql, type SQL } from 'drizzle-orm';
import { packages } from '../apps/garden/packages.ts';
import { packageWords } from '../apps/garden/search.ts';
import { gardenQuery, type GardenQuery } from './garden-query.ts';
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
const byPrefix = sql`select p.id,
    case when lower(p.name) = ${small} then 4 else 2 + 1.0 / length(p.name) end as rank
  from (
    select id, name from packages
    where deleted_at is null and lower(name) >= ${small}
    order by lower(name) limit ${pageSize}
  ) as p
  where lower(p.name) < ${small} || chr(1114111)`;

const byWords = sql`select "packages"."id", 1 + ts_rank(${packageWords(packages)}, ${asked}) as rank
  from (
    select * from "packages"
    where ${packageWords(packages)} @@ ${asked} and "packages"."deleted_at" is null
    limit ${CANDIDATES}
  ) as "packages"`;

const likeness = sql`similarity(lower(p.name), ${small})`;
/** As the operator `%` has it where nobody set another. */
const ALIKE = sql.raw('0.3');

const neighbours = (side: SQL, order: SQL): SQL => sql`(select p.id, p.name from packages p
  where p.deleted_at is null and lower(p.name) ${side} ${small}
  order by lower(p.name) ${order} limit ${pageSize})`;

// A slip of the pen seldom moves a name far in the order of names, and there a page on
// either side costs the same in every garden.
const byNeighbours = sql`select p.id, ${likeness} as rank
  from (${neighbours(sql`<`, sql`desc`)} union all ${neighbours(sql`>=`, sql`asc`)}) as p
  where (select count(*) from found) < 10 and ${likeness} >= ${ALIKE}`;

// What shares half of its trigrams with the text is taken for what was meant. Where there
// is none, all names that share some are looked at, and those grow with the garden.
const byLikeness = sql`select p.id, ${likeness} as rank
  from packages p
  where (select count(*) < 10 or max(rank) < 0.5
      from (select * from found union all select * from near) as one)
    and p.deleted_at is null and lower(p.name) % ${small}
  limit ${CANDIDATES}`;

const ranked = (all: SQL): SQL => sql`select ${packageColumns}, best.rank
  from (select id, max(rank) as rank from (${all}) as one group by id) as best
  cross join lateral (select * from packages where id = best.id limit 1) as p
  order by best.rank desc, p.name limit ${pageSize}`;

/**
 * Packages for what a person typed: the name itself, names that begin so, the
 * words of name and description, and where those find little, names that look
 * alike. Needs the extension pg_trgm; without it use {@link searchWords}.
 *
 * @example
 * const found = await search(db, { text: 'lodahs' }); // lodash, …
 */
export const search: GardenQuery<{ text: string }, FoundPackage> = gardenQuery({
  name: 'search',
  summary: 'packages by name, words and likeness, ranked',
  build: (db) =>
    selectRows(
      db,
      fields,
      sql`with found as materialized ((${byPrefix}) union all (${byWords})),
          near as materialized (${byNeighbours})
        ${ranked(sql`select * from found union all select * from near union all (${byLikeness})`)}`,
    ),
});

/** As {@link search}, without the forgiveness for typing errors: for a server without pg_trgm. */
export const searchWords: GardenQuery<{ text: string }, FoundPackage> = gardenQuery({
  name: 'search-words',
  summary: 'packages by name and words, ranked',
  build: (db) => selectRows(db, fields, ranked(sql`(${byPrefix}) union all (${byWords})`)),
});
