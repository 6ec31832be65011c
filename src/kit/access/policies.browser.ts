import type { PgPolicy } from 'drizzle-orm/pg-core';

/**
 * In a browser there is nobody to give policies to: the `browser` field of
 * package.json puts this in the place of policies.ts, and spares every page the
 * code that writes and judges them.
 */
export function policiesOf(): PgPolicy[] {
  return [];
}
