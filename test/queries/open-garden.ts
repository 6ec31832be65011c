import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';

/** A connection to a garden. Benches take it from here: they have a Drizzle of their own, for its peers. */
export function openGarden(url: string): { readonly client: Sql; readonly db: PostgresJsDatabase } {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  return { client, db: drizzle(client) };
}
