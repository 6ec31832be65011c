import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';

/** Connects to a garden. Benchmarks import it from here, because they install their own copy of Drizzle. */
export function openGarden(url: string): { readonly client: Sql; readonly db: PostgresJsDatabase } {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  return { client, db: drizzle(client) };
}
