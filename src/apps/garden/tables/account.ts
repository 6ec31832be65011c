import { text } from 'drizzle-orm/pg-core';
import {
  anyone,
  createdAt,
  id,
  matches,
  owner,
  pgTable,
  printable,
  sortedText,
  updatedAt,
  type Update,
} from '../../../kit/index.ts';
import { access } from '../access.ts';

import { MAX_ADDRESS, webAddress } from './web-address.ts';

/**
 * A user's public profile. The id is the identity provider's subject. Roles and mail
 * addresses stay with the provider.
 */
export const account = pgTable(
  'account',
  {
    id: id(),
    /** Display name. */
    name: sortedText('name').notNull(),
    avatarUrl: text('avatar_url'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    printable(t.name, { max: 100 }),
    matches(t.avatarUrl, webAddress, { max: MAX_ADDRESS }),
    ...access(t, {
      read: anyone,
      insert: owner(t.id),
      update: owner(t.id),
      immutable: [t.createdAt],
    }),
  ],
).enableRLS();

export type Account = typeof account.$inferSelect;
export type NewAccount = typeof account.$inferInsert;
export type AccountUpdate = Update<typeof account>;
