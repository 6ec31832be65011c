import { isDeepStrictEqual } from 'node:util';
import type { TableSearch } from '../../model/row-search.ts';
import type { AccessRules, Claims } from '../../model/rule.ts';
import type { Enforcer } from './enforcer.ts';
import { visibleRows } from './oracle.ts';
import type { PostgresWorld } from './postgres-world.ts';
import { becoming, type RoleOf } from './rls-enforcer.ts';
import { contentSql, searchCalls, type SearchCall } from './search-calls.ts';
import { sqlName, sqlTable } from './sql-value.ts';
import type { Row, World } from './world.ts';

/** What the calls of a search function returned. */
export interface SearchCount {
  calls: number;
  /** Rows that matched and were returned. */
  returned: number;
  /** Rows that matched and that the caller may not read. */
  withheld: number;
}

/** A count for each function. Tables with a composite key or without rules have none. */
export const searchCounts = (
  searches: readonly TableSearch[],
  { tables }: AccessRules,
): Map<string, SearchCount> =>
  new Map(
    searches.flatMap(({ table, search }) =>
      tables[table]?.key.length === 1
        ? [[search.name, { calls: 0, returned: 0, withheld: 0 }] as const]
        : [],
    ),
  );

interface SearchOptions {
  readonly postgres: PostgresWorld;
  readonly searches: readonly TableSearch[];
  readonly role: RoleOf;
  /** Receives the counts, by the name of the function. */
  readonly counts: Map<string, SearchCount>;
}

type Found = readonly { readonly id: string }[];

/**
 * The functions of `rowSearch()`, called by each principal. They must return the rows that match
 * and that the principal may read, in order. A wrong result is an error of entering the world.
 */
export function searchEnforcer(options: SearchOptions): Enforcer {
  const { postgres, counts } = options;
  const searches = options.searches.filter(({ search }) => counts.has(search.name));
  const contents = new Map<string, string>();
  const { client } = postgres;

  /** An UPDATE of the columns that no rule tests, so that searches find rows by them. */
  async function contentsOf(world: World, table: string): Promise<string> {
    const known = contents.get(table);
    if (known !== undefined) return known;
    const own = world.tables.find((one) => one.table === table);
    const { rows } = await client.query<{ name: string; type: string; full: string }>(
      `select attname as name, typname as type, format_type(atttypid, atttypmod) as full
      from pg_attribute join pg_type on pg_type.oid = atttypid
      where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [sqlTable(table)],
    );
    const set = rows.flatMap(({ name, type, full }) => {
      if (own?.columns[name] || own?.key.includes(name)) return [];
      const content = contentSql(own?.key[0] ?? '', name, type);
      return content === undefined ? [] : [`${sqlName(name)} = ${content}::${full}`];
    });
    const sql = set.length === 0 ? '' : `update ${sqlTable(table)} set ${set.join(', ')}`;
    contents.set(table, sql);
    return sql;
  }

  async function ask(world: World, claims: Claims, { table, search }: TableSearch): Promise<void> {
    const key = world.rules.tables[table]?.key[0] ?? '';
    const rows = world.rows[table] ?? [];
    const calls = searchCalls(search, { sql: sqlTable(table), key, rows });
    await client.exec(
      'savepoint search; set local search_path = pg_catalog, pg_temp; set local row_security = off',
    );
    const matches = await run(calls.map((call) => call.matches));
    await client.exec(`rollback to savepoint search; ${becoming(claims, options.role(claims))}`);
    const found = await run(calls.map(({ sql }) => sql));
    await client.exec('rollback to savepoint search');
    const { rules, rows: db } = world;
    const seen = new Set(visibleRows({ rules, claims, db }, table).map((row) => idOf(row, key)));
    for (const [at, call] of calls.entries()) {
      const all = (matches[at] ?? []).map(({ id }) => id);
      check(search.name, claims, call, {
        said: (found[at] ?? []).map(({ id }) => id),
        readable: all.filter((id) => seen.has(id)),
        withheld: all.filter((id) => !seen.has(id)).length,
      });
    }
  }

  function check(
    name: string,
    claims: Claims,
    { sql, limit }: SearchCall,
    {
      said,
      readable,
      withheld,
    }: Record<'said' | 'readable', readonly string[]> & {
      readonly withheld: number;
    },
  ): void {
    const expected = readable.slice(0, limit);
    if (!isDeepStrictEqual(said, expected)) {
      throw new Error(
        `${sql} as ${JSON.stringify(claims)}: ${JSON.stringify(said)} instead of ${JSON.stringify(expected)}`,
      );
    }
    const count = counts.get(name);
    if (!count) return;
    count.calls += 1;
    count.returned += said.length;
    count.withheld += withheld;
  }

  async function run(statements: readonly string[]): Promise<readonly Found[]> {
    const { rows } = await client.query<{ found: Found[] }>(
      'select comparing.rows($1::text[]) as found',
      [statements],
    );
    return rows[0]?.found ?? [];
  }

  return {
    name: 'search functions',
    async enter(world) {
      await postgres.enter(world);
      try {
        const tables = [...new Set(searches.map(({ table }) => table))];
        const updates = await Promise.all(tables.map((table) => contentsOf(world, table)));
        await client.exec(updates.filter((sql) => sql !== '').join(';\n'));
        for (const claims of world.principals) {
          for (const search of searches) await ask(world, claims, search);
        }
      } catch (error) {
        await postgres.leave();
        throw error;
      }
      return { leave: () => postgres.leave() };
    },
  };
}

const idOf = (row: Row, key: string): string => String(row[key]);
