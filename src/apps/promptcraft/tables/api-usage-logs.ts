import { integer, text, uuid } from 'drizzle-orm/pg-core';
import {
  atLeast,
  between,
  createdAt,
  descending,
  id,
  indexOn,
  maxLength,
  or,
  owner,
  pgTable,
  references,
  retain,
  role,
  sortedText,
} from '../../../kit/index.ts';
import { access } from '../access.ts';
import { apiProviders } from './api-providers.ts';
import { users } from './users.ts';

/**
 * A request to a provider. The server writes it; nothing is written for a user who has switched
 * analytics off. It is not append-only, because it goes with its user.
 */
export const apiUsageLogs = pgTable(
  'api_usage_logs',
  {
    id: id(),
    userId: uuid('user_id').notNull(),
    provider: sortedText('provider').notNull(),
    endpoint: text('endpoint'),
    /** Bytes. */
    requestSize: integer('request_size'),
    /** Bytes. */
    responseSize: integer('response_size'),
    responseTimeMs: integer('response_time_ms'),
    /** Status of HTTP; NULL if there was no answer. */
    statusCode: integer('status_code'),
    errorMessage: text('error_message'),
    createdAt: createdAt(),
  },
  (t) => [
    references(t.userId, users.id, 'cascade'),
    references(t.provider, apiProviders.name, 'restrict'),
    maxLength(t.endpoint, 500),
    atLeast(t.requestSize, 0),
    atLeast(t.responseSize, 0),
    atLeast(t.responseTimeMs, 0),
    between(t.statusCode, 100, 599),
    maxLength(t.errorMessage, 10_000),
    // The requests of a user, newest first.
    indexOn(t.userId, descending(t.createdAt), descending(t.id)),
    // The requests to a provider, newest first; also for reports and the foreign key.
    indexOn(t.provider, descending(t.createdAt), descending(t.id)),
    // The oldest rows, for their deletion.
    indexOn(t.createdAt, t.id),
    ...retain(t.createdAt, '90 days'),
    ...access(t, { read: or(owner(t.userId), role('admin')) }),
  ],
).enableRLS();

export type ApiUsageLog = typeof apiUsageLogs.$inferSelect;
export type NewApiUsageLog = typeof apiUsageLogs.$inferInsert;
