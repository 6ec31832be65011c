import { date, integer, uuid } from 'drizzle-orm/pg-core';
import {
  atLeast,
  id,
  indexOn,
  pgTable,
  references,
  retain,
  role,
  uniqueOn,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { users } from './users.ts';

/** Reads and denials of one user on one day in UTC. The server counts them. */
export const principalActivity = pgTable(
  'principal_activity',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    day: date('day').notNull(),
    reads: integer('reads').notNull(),
    denials: integer('denials').notNull(),
  },
  (t) => [
    uniqueOn(t.userId, t.day),
    references(t.userId, users.id, 'cascade'),
    atLeast(t.reads, 0),
    atLeast(t.denials, 0),
    // The activity of a day, for the report, and old rows for their deletion.
    indexOn(t.day, t.id),
    // The report compares with 30 days.
    ...retain(t.day, '60 days'),
    ...access(t, { read: role('admin') }),
  ],
).enableRLS();

export type PrincipalActivity = typeof principalActivity.$inferSelect;
