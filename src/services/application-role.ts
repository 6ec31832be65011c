import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { markOf } from '../kit/mark.ts';

/**
 * The database role of a principal, from the rules of the tables. Supabase has one role for
 * people who are signed in, and one for others.
 */
export function applicationRole(
  exports: object,
): (claims: Readonly<Record<string, unknown>>) => string {
  const tables = Object.values(exports).filter((value: unknown) => is(value, PgTable));
  const definition = tables.flatMap((table) => markOf(table, 'access')?.definition ?? [])[0];
  if (definition?.preset === 'supabase') {
    return ({ sub }) => (sub === undefined ? 'anon' : 'authenticated');
  }
  const role = definition?.roles[0] ?? 'app_user';
  return () => role;
}
