import { boolean, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import {
  createdAt,
  gte,
  id,
  indexOn,
  instant,
  maintenanceFunctions,
  partitioned,
  pgTable,
  references,
  retain,
  rollup,
  rollupColumns,
} from '../../src/kit/index.ts';

const users = pgTable('users', { id: id(), deletedAt: instant('deleted_at') });

const preferences = pgTable(
  'preferences',
  {
    userId: uuid('user_id').primaryKey(),
    maxHistoryDays: integer('max_history_days'),
    autoCleanup: boolean('auto_cleanup').notNull(),
  },
  (t) => [references(t.userId, users.id, 'cascade')],
);

/** Limits of the users, with an index on the time. */
const history = pgTable(
  'history',
  { id: id(), userId: uuid('user_id').notNull(), createdAt: createdAt() },
  (t) => [
    references(t.userId, users.id, 'cascade'),
    indexOn(t.userId),
    indexOn(t.createdAt),
    ...retain(t.createdAt, '30 days', {
      perOwner: {
        owner: t.userId,
        key: preferences.userId,
        days: preferences.maxHistoryDays,
        enabled: preferences.autoCleanup,
      },
    }),
  ],
);

/** Archived, without an index on the time. */
const logs = pgTable(
  'logs',
  { id: id(), at: instant('at').notNull(), line: text('line').notNull(), secret: text('secret') },
  (t) => [...retain(t.at, '1 week', { archive: true })],
);

/** Expire at a time of their own. */
const sessions = pgTable('sessions', { id: id(), expiresAt: instant('expires_at') }, (t) => [
  ...retain(t.expiresAt, '0 days'),
]);

/** Sessions that are referenced stay. */
const uses = pgTable('uses', { id: id(), sessionId: uuid('session_id').notNull() }, (t) => [
  references(t.sessionId, sessions.id, 'restrict'),
  indexOn(t.sessionId),
]);

const requests = pgTable(
  'requests',
  { id: uuid('id').notNull(), at: instant('at').notNull() },
  (t) => [
    primaryKey({ columns: [t.id, t.at] }),
    ...partitioned(t.at, 'month'),
    ...retain(t.at, '2 months'),
  ],
);

/** A rollup of partitioned events. */
const hits = pgTable(
  'hits',
  {
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    page: integer('page').notNull(),
    ms: integer('ms'),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.at] }),
    indexOn(t.page, t.at),
    ...partitioned(t.at, 'month'),
    ...retain(t.at, '2 months'),
  ],
);
const hitDays = pgTable(
  'hit_days',
  { page: integer('page').notNull(), ...rollupColumns('day') },
  (t) => [
    ...rollup(t, {
      of: hits,
      every: 'day',
      keys: [t.page],
      at: hits.at,
      value: hits.ms,
      errors: gte(hits.ms, 1000),
      bounds: [10, 100],
    }),
  ],
);

export const operator = maintenanceFunctions({ role: 'app_operator' });

export const cleaned = {
  users,
  preferences,
  history,
  logs,
  sessions,
  uses,
  requests,
  hits,
  hitDays,
};
