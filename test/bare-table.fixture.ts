/** The columns of `packages` without constraints: the minimum for any Drizzle table. */
export const BARE_TABLE = `
  import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
  const instant = (name) => timestamp(name, { withTimezone: true, precision: 3 });
  globalThis.table = pgTable('packages', {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    registry: text('registry').notNull(),
    description: text('description'),
    homepage: text('homepage'),
    repository: text('repository'),
    lastFetchAttempt: instant('last_fetch_attempt'),
    lastFetchSuccess: instant('last_fetch_success'),
    deletedAt: instant('deleted_at'),
    deletedBy: uuid('deleted_by'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  });
`;
