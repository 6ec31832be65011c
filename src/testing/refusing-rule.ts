import type { PGlite } from '@electric-sql/pglite';
import { databaseFailure, isPolicyRefusal } from '../guard/database-failure.ts';

/**
 * The access rule that refused an insert. Runs the statement again without the clauses
 * that make Postgres read the new row. The transaction must be in the state before the
 * statement, and the caller must roll it back. `undefined` if the rule cannot be found.
 */
export async function refusingRule(
  client: PGlite,
  error: object,
): Promise<'insert' | 'read' | undefined> {
  if (!isRefused(error)) return undefined;
  // PGlite stores the statement in the error.
  const { query, params } = error as { readonly query?: string; readonly params?: unknown[] };
  if (query === undefined || !/^\s*insert\b/i.test(query)) return undefined;
  const plain = query.replace(/\s+(?:on\s+conflict|returning)\b.*$/is, '');
  if (plain === query) return 'insert';
  const last = Math.max(0, ...[...plain.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  try {
    await client.query(plain, params?.slice(0, last));
  } catch (second) {
    return isRefused(second) ? 'insert' : undefined;
  }
  return /\bdo\s+update\b/i.test(query) ? undefined : 'read';
}

function isRefused(error: unknown): boolean {
  const failure = databaseFailure(error);
  return failure !== undefined && isPolicyRefusal(failure);
}
