import { drizzle } from 'drizzle-orm/postgres-js';
import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { seed } from 'drizzle-seed';
import postgres from 'postgres';
import type { PostgresServer } from '../../../src/processes/postgres-server.ts';

// drizzle-seed ignores check constraints, so it cannot fill the garden's tables. These tables have
// the columns of packages and dependencies, their keys, and a few of their indexes.
const packages = pgTable('packages', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  registry: text('registry').notNull(),
  description: text('description'),
  createdAt: timestamp('created_at').notNull(),
});
const dependencies = pgTable(
  'dependencies',
  {
    id: uuid('id').primaryKey(),
    packageId: uuid('package_id')
      .notNull()
      .references(() => packages.id),
    name: text('name').notNull(),
    range: text('range').notNull(),
    resolved: text('resolved').notNull(),
    createdAt: timestamp('created_at').notNull(),
  },
  (t) => [index('by_package').on(t.packageId), index('by_name').on(t.name)],
);

/** Rows per second with three dependencies per package, used as its documentation shows. */
export async function drizzleSeedRate(server: PostgresServer, count: number): Promise<number> {
  const client = postgres(await server.createDatabase(), { max: 1, onnotice: () => {} });
  try {
    await client.unsafe(`create table packages (id uuid primary key, name text not null, registry text not null,
        description text, created_at timestamp not null);
      create table dependencies (id uuid primary key, package_id uuid not null references packages (id),
        name text not null, range text not null, resolved text not null, created_at timestamp not null);
      create index by_package on dependencies (package_id);
      create index by_name on dependencies (name)`);
    const start = performance.now();
    // It has its own copy of Drizzle with different types.
    await seed(drizzle(client) as never, { packages, dependencies } as never).refine((() => ({
      packages: { count: count / 4 },
      dependencies: { count: (count * 3) / 4 },
    })) as never);
    return (count / (performance.now() - start)) * 1000;
  } finally {
    await client.end();
  }
}
