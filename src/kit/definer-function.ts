import { getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { CompanionStatement } from '../model/companion-statement.ts';
import { definerClauses, executeOnly } from '../model/definer-sql.ts';
import { quoteBody, quoteName } from '../model/quote-sql.ts';
import { claimToken, mayReadToken, ROLES_TOKEN } from '../model/rule-tokens.ts';
import { tableId } from '../model/table-id.ts';
import { schemaNameOf } from './object-of.ts';

const COMMENT = 'An owner that is subject to the policies gets an error instead of too few rows.';

/** A function that bypasses row-level security and applies the access rules itself. */
export interface DefinerFunction {
  /** In the schema `public`. */
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  /** The result as SQL: `setof uuid`, `table (id uuid, rank real)`. */
  readonly returns: string;
  /** A plpgsql block, from `declare` or `begin` to `end`. */
  readonly body: string;
  /** Whether it only reads; true by default. */
  readonly reads?: boolean;
}

export interface FunctionParameter {
  readonly name: string;
  /** As SQL: `text[]`. */
  readonly type: string;
  /** The default as SQL. The parameters after it need one too. */
  readonly default?: string;
}

/**
 * The condition that the principal may read the row `alias` of a table, for the body of a
 * {@link definerFunction}. The generator writes the table's rule there, so the function and the
 * policies agree.
 *
 * @example
 * const posts = pgTable('posts', { id: id(), title: text('title').notNull() });
 * const query = `select p.id from public.posts p where ${mayRead(posts, 'p')}`;
 *
 * @param claims Claims that the body has read with {@link principalClaim}, as SQL: `{ sub: 'me' }`
 * for the variable `me`. The condition then does not read them again. Never an argument.
 */
export const mayRead = (
  table: PgTable,
  alias: string,
  claims?: Readonly<Record<string, string>>,
): string => mayReadToken(tableId(schemaNameOf(table), getTableName(table)), alias, claims);

/**
 * A claim of the principal as SQL, for the body of a {@link definerFunction}; NULL if it is missing
 * or of another type.
 *
 * @example
 * const query = `select count(*) from public.posts p where p.user_id = ${principalClaim('sub')}`;
 */
export const principalClaim = (claim: string): string => claimToken(claim);

/**
 * A function that runs as its owner, so that its queries can use every index. In a query of a
 * user, Postgres evaluates policies before operators that are not leakproof, such as `@@`, `@>`
 * and `&&`, which excludes their GIN indexes. The body must apply the rules with
 * {@link mayRead}. It reads the principal from the claims and never from an argument.
 *
 * @example
 * const posts = pgTable('posts', { id: id(), title: text('title').notNull() });
 * export const searchPosts = companionSql(
 *   ...definerFunction({
 *     name: 'search_posts',
 *     parameters: [{ name: 'words', type: 'text' }],
 *     returns: 'setof uuid',
 *     body: `begin
 *   return query select p.id from public.posts p
 *     where to_tsvector('english', p.title) @@ plainto_tsquery('english', words)
 *       and ${mayRead(posts, 'p')};
 * end`,
 *   }),
 * );
 */
export function definerFunction(definition: DefinerFunction): readonly CompanionStatement[] {
  const { parameters, returns, body, reads = true } = definition;
  const name = quoteName('public', definition.name);
  const types = parameters.map(({ type }) => type).join(', ');
  const list = parameters
    .map((one) => {
      const preset = one.default === undefined ? '' : ` default ${one.default}`;
      return `${quoteName(one.name)} ${one.type}${preset}`;
    })
    .join(', ');
  const signature = `${name}(${types})`;
  const header = `${name}(${list}) returns ${returns}`;
  return [
    {
      // `create or replace` cannot change names of parameters and the result.
      key: `function ${header}`,
      create: `create or replace function ${header}
${definerClauses(reads ? 'stable' : 'volatile', COMMENT)}
as ${quoteBody(body)};`,
      drop: `drop function if exists ${signature};`,
    },
    {
      // A function that is created again is open to all roles, so this follows it.
      key: `execute on function ${header}`,
      create: executeOnly(signature, ROLES_TOKEN),
    },
  ];
}
