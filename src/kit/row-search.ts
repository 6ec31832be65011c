import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { RowSearch } from '../model/row-search.ts';
import { ProblemError } from '../report/problem.ts';
import { markOf, markTable } from './mark.ts';
import { objectOf } from './object-of.ts';

/**
 * A search by an index that row-level security would prevent. The operators of full text,
 * arrays and JSONB are not leakproof, so under a policy Postgres evaluates them only after
 * the policy, row by row. `garden generate` writes a function that runs as the owner, reads
 * the principal from the claims, and applies the table's `read` rule. It returns the ids of
 * the rows.
 *
 * The returned array is always empty, because drizzle-kit has nothing to write.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), tags: text('tags').array().notNull() }, (t) => [
 *   ...rowSearch(t, {
 *     name: 'search_notes',
 *     parameters: { tags: 'text[]' },
 *     where: 'tags @> :tags',
 *     limit: 50,
 *   }),
 * ]);
 */
export function rowSearch(
  columns: Readonly<Record<string, AnyPgColumn>>,
  search: RowSearch,
): never[] {
  const [first] = Object.values(columns);
  if (!first) throw new TypeError('rowSearch() needs a table with columns');
  refuseSearch(first, search);
  const others = (markOf(first.table, 'searches') ?? []).filter(({ name }) => name !== search.name);
  markTable(first.table, 'searches', [...others, search]);
  return [];
}

const NAME = /^[a-z_][a-z0-9_]{0,62}$/;

function refuseSearch(column: AnyPgColumn, { name, parameters, where, limit }: RowSearch): void {
  const named = [...where.matchAll(/(?<!:):([a-z_]\w*)/g)].map(([, found]) => found ?? '');
  const unused = Object.keys(parameters).find((one) => !named.includes(one));
  const unknown = named.find((one) => !Object.hasOwn(parameters, one));
  const wrong = [
    ...[name, ...Object.keys(parameters)].flatMap((one) =>
      NAME.test(one) ? [] : [`${JSON.stringify(one)} is not a name in lower case`],
    ),
    ...(unused === undefined ? [] : [`its condition does not use :${unused}`]),
    ...(unknown === undefined ? [] : [`it has no parameter ${unknown}`]),
    ...(Number.isSafeInteger(limit) && limit > 0 ? [] : [`${limit} is not a number of rows`]),
  ];
  if (wrong.length === 0) return;
  throw new ProblemError({
    code: 'kit/row-search',
    message: `the search ${name} is invalid: ${wrong[0]}.`,
    object: objectOf(column),
    fix: "name each parameter in the condition: { parameters: { tags: 'text[]' }, where: 'tags @> :tags', limit: 50 }.",
  });
}
