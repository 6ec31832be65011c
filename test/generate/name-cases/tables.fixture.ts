import { jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';

interface Hidden {
  readonly depth: number;
}

/** Its types are not exported, so other modules cannot import them. */
export const schema = pgTable('schema', {
  id: uuid('id').primaryKey(),
  "it's": jsonb("it's").$type<Hidden>().notNull(),
  maybe: jsonb('maybe').$type<Hidden>(),
});
