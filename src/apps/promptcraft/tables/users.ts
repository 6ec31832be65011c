import {
  createdAt,
  id,
  or,
  owner,
  pgTable,
  printable,
  role,
  sortedText,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';

/** A user. The id is the identity provider's subject. In Supabase, auth.users takes its place. */
export const users = pgTable(
  'users',
  {
    id: id(),
    /** Display name. */
    name: sortedText('name').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    printable(t.name, { max: 100 }),
    ...access(t, {
      read: or(owner(t.id), role('admin')),
      insert: owner(t.id),
      update: owner(t.id),
      delete: owner(t.id),
      immutable: [t.createdAt],
    }),
  ],
).enableRLS();

export type User = typeof users.$inferSelect;
export type NewUser = typeof users.$inferInsert;
export type UserUpdate = Update<typeof users>;
