import { jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';

interface Hidden {
  readonly depth: number;
}

/** Its types have no name that another module could import. */
export const schema = pgTable('schema', {
  id: uuid('id').primaryKey(),
  "it's": jsonb("it's").$type<Hidden>().notNull(),
  maybe: jsonb('maybe').$type<Hidden>(),
});
