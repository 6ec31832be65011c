import {
  createdAt,
  id,
  indexOn,
  owner,
  pgTable,
  printable,
  sortedText,
  updatedAt,
} from '@techgarden/schema/kit';
import { uuid } from 'drizzle-orm/pg-core';
import { access } from './access.ts';

/** Replace it with your own tables. */
export const notes = pgTable(
  'notes',
  {
    id: id(),
    title: sortedText('title').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    printable(t.title, { max: 200 }),
    indexOn(t.createdBy),
    ...access(t, {
      read: owner(t.createdBy),
      insert: owner(t.createdBy),
      update: owner(t.createdBy),
      delete: owner(t.createdBy),
      immutable: [t.createdBy, t.createdAt],
    }),
  ],
).enableRLS();
