import { sql, type SQL } from 'drizzle-orm';
import { bigint, date, integer, numeric, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { companionSql } from '../../../kit/index.ts';

/**
 * Reports by day in UTC. Materialized views hold rows of all users and have no policies, so they
 * are in a schema that users cannot enter. The rows of users who have switched analytics off are
 * left out.
 */
export const reports = pgSchema('reports');

const total = (name: string) => bigint(name, { mode: 'number' }).notNull();
const day = date('day').notNull();
const percentileColumns = {
  p50Ms: integer('p50_ms'),
  p95Ms: integer('p95_ms'),
  p99Ms: integer('p99_ms'),
};
const percentiles = (column: string): SQL =>
  sql.raw(
    [50, 95, 99]
      .map((at) => `percentile_disc(0.${at}) within group (order by ${column}) as p${at}_ms`)
      .join(', '),
  );
/** The condition that the user of the row `one` has not switched analytics off. */
const counted = sql.raw(
  'not exists (select from public.user_preferences p where p.user_id = one.user_id and not p.enable_analytics)',
);
const utcDay = sql.raw(`(one.created_at at time zone 'UTC')::date as day`);

/** Prompts by provider, model and framework. */
export const promptUsage = reports.materializedView('prompt_usage', {
  day,
  provider: text('provider').notNull(),
  model: text('model').notNull(),
  frameworkId: text('framework_id').notNull(),
  prompts: total('prompts'),
  completed: total('completed'),
  failed: total('failed'),
  tokens: total('tokens'),
  /** Exact: a sum of numeric, as text. */
  costUsd: numeric('cost_usd').notNull(),
  ...percentileColumns,
}).as(sql`select ${utcDay}, one.provider, one.model, one.framework_id, count(*) as prompts,
  count(*) filter (where one.status = 'completed') as completed,
  count(*) filter (where one.status = 'failed') as failed,
  coalesce(sum(one.tokens_used), 0) as tokens, coalesce(sum(one.cost_usd), 0) as cost_usd,
  ${percentiles('one.processing_time_ms')}
from public.prompt_history one where ${counted} group by 1, 2, 3, 4`);

/** Requests to providers. An answer of 200 to 399 is a success. */
export const apiUsage = reports.materializedView('api_usage', {
  day,
  provider: text('provider').notNull(),
  requests: total('requests'),
  succeeded: total('succeeded'),
  requestBytes: total('request_bytes'),
  responseBytes: total('response_bytes'),
  ...percentileColumns,
}).as(sql`select ${utcDay}, one.provider, count(*) as requests,
  count(*) filter (where one.status_code between 200 and 399) as succeeded,
  coalesce(sum(one.request_size), 0) as request_bytes,
  coalesce(sum(one.response_size), 0) as response_bytes,
  ${percentiles('one.response_time_ms')}
from public.api_usage_logs one where ${counted} group by 1, 2`);

/** What each user did: prompts, requests, feedback and new sessions. */
export const userActivity = reports.materializedView('user_activity', {
  day,
  userId: uuid('user_id').notNull(),
  prompts: total('prompts'),
  requests: total('requests'),
  feedback: total('feedback'),
  sessions: total('sessions'),
}).as(sql`select ${utcDay}, one.user_id,
  count(*) filter (where one.kind = 'prompt') as prompts,
  count(*) filter (where one.kind = 'request') as requests,
  count(*) filter (where one.kind = 'feedback') as feedback,
  count(*) filter (where one.kind = 'session') as sessions
from (
  select user_id, created_at, 'prompt' as kind from public.prompt_history
  union all select user_id, created_at, 'request' from public.api_usage_logs
  union all select user_id, created_at, 'feedback' from public.feedback where user_id is not null
  union all select user_id, created_at, 'session' from public.user_sessions
) one where ${counted} group by 1, 2`);

/** Response time of and satisfaction with answers to feedback, by type. */
export const feedbackResponse = reports.materializedView('feedback_response', {
  day,
  feedbackType: text('feedback_type').notNull(),
  total: total('total'),
  answered: total('answered'),
  rated: total('rated'),
  p50Hours: numeric('p50_hours'),
  p95Hours: numeric('p95_hours'),
  ratingSum: total('rating_sum'),
}).as(sql`select ${utcDay}, one.feedback_type, count(*) as total,
  count(one.responded_at) as answered, count(one.rating) as rated,
  round(percentile_disc(0.5) within group (order by one.hours), 2) as p50_hours,
  round(percentile_disc(0.95) within group (order by one.hours), 2) as p95_hours,
  coalesce(sum(one.rating), 0) as rating_sum
from (
  select f.*, extract(epoch from f.responded_at - f.created_at) / 3600 as hours from public.feedback f
) one group by 1, 2`);

/** A unique index for REFRESH … CONCURRENTLY, which does not block readers. */
const refreshKey = (view: string, columns: string) => ({
  key: `refresh key of reports.${view}`,
  create: `create unique index if not exists ${view}_key on reports.${view} (${columns});`,
  drop: `drop index if exists reports.${view}_key;`,
  on: `"reports"."${view}"`,
});

export const reportKeys = companionSql(
  refreshKey('prompt_usage', 'day, provider, model, framework_id'),
  refreshKey('api_usage', 'day, provider'),
  refreshKey('user_activity', 'day, user_id'),
  refreshKey('feedback_response', 'day, feedback_type'),
);
