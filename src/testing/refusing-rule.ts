import type { PGlite } from '@electric-sql/pglite';
import { databaseFailure, isPolicyRefusal } from '../guard/database-failure.ts';

/**
 * The access rule that refused an insert, found by running the statement again without
 * what makes Postgres read the new row. Takes the transaction as it was before the
 * statement and leaves it to be rolled back; `undefined` where that does not tell.
 */
export async function refusingRule(
  client: PGlite,
  error: object,
): Promise<'insert' | 'read' | undefined> {
  if (!isRefused(error)) return undefined;
  // PGlite keeps the statement with the error.
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
