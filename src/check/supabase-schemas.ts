import type { Schema } from '../model/schema.ts';

/** The schemas that Supabase itself creates and changes. */
export const SUPABASE_SCHEMAS: ReadonlySet<string> = new Set(
  `_analytics _realtime auth cron extensions graphql graphql_public net pgbouncer pgmq pgsodium
   pgsodium_masks pgtle realtime storage supabase_functions supabase_migrations tiger topology
   vault`.split(/\s+/),
);

/** Whether an object in a Supabase database belongs to Supabase. */
export function isOfSupabase(object: string, { roles }: Schema): boolean {
  const [space = ''] = object.split('.');
  return SUPABASE_SCHEMAS.has(space) && roles.some(({ name }) => name === 'supabase_admin');
}
