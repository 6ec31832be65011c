import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAppDatabase, refused, type AppDatabase } from './app-database.ts';

let app: AppDatabase;
beforeAll(async () => {
  app = await openAppDatabase();
  await app.reset();
  await app.database.client.exec(`
insert into prompt_history (id, user_id, framework_id, framework_name, model, provider, user_input, vibe_coding, processing_time_ms, tokens_used, cost_usd, status, created_at, updated_at)
select gen_random_uuid(), u.id, (array['roses', 'tag', 'race'])[1 + g % 3], 'name', m.name, m.provider, 'text', false, g * 7 % 901, g, 0.000001 * g,
  (array['completed', 'completed', 'failed', 'pending'])[1 + g % 4], timestamptz '2026-03-01 22:30+00' + g * interval '17 minutes', now()
from generate_series(1, 400) g join api_models m on m.name = (array['gpt-4o', 'gemini-2.5-pro', 'claude-sonnet-4-5'])[1 + g / 3 % 3]
join users u on u.name = (array['Ada', 'Ben'])[1 + g % 2];
insert into api_usage_logs (id, user_id, provider, request_size, response_size, response_time_ms, status_code, created_at)
select gen_random_uuid(), u.id, (array['openai', 'gemini'])[1 + g % 2], g, g * 2, g * 11 % 503, (array[200, 201, 429, 500])[1 + g % 4], timestamptz '2026-03-01 22:30+00' + g * interval '20 minutes'
from generate_series(1, 300) g join users u on u.name = 'Ada';
insert into feedback (id, user_id, message, feedback_type, priority, status, admin_response, responded_at, rating, created_at, updated_at)
select gen_random_uuid(), u.id, 'text', (array['bug', 'support'])[1 + g % 2], (array['low', 'urgent'])[1 + g % 2], (array['open', 'resolved'])[1 + g % 2],
  case when g % 2 = 1 then 'answer' end, case when g % 2 = 1 then timestamptz '2026-03-01' + g * interval '6 hours 5 minutes' end,
  case when g % 4 = 1 then 1 + g % 5 end, timestamptz '2026-03-01' + g * interval '5 hours', now()
from generate_series(1, 60) g join users u on u.name = 'Ben';
refresh materialized view concurrently reports.prompt_usage;
refresh materialized view concurrently reports.api_usage;
refresh materialized view concurrently reports.user_activity;
refresh materialized view concurrently reports.feedback_response;
select refresh_feedback_analytics('2026-03-01', '2026-04-01')`);
});
afterAll(() => app[Symbol.asyncDispose]());

type Row = Record<string, unknown>;
const day = (moment: unknown): string => new Date(String(moment)).toISOString().slice(0, 10);
/** The value at a fraction, as percentile_disc() defines it. */
function percentile(values: readonly number[], fraction: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? null;
}
const groups = (rows: readonly Row[], key: (row: Row) => string) => [...Map.groupBy(rows, key)];
const sum = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);

test('prompt usage equals what is computed from the prompts', async () => {
  const prompts = await app.rows('select * from prompt_history');
  const report = await app.rows(
    'select *, day::text as day from reports.prompt_usage r order by r.day, provider, model, framework_id',
  );
  const expected = groups(prompts, (row) =>
    [day(row['created_at']), row['provider'], row['model'], row['framework_id']].join('|'),
  ).map(([key, rows]) => ({
    key,
    prompts: rows.length,
    completed: rows.filter(({ status }) => status === 'completed').length,
    failed: rows.filter(({ status }) => status === 'failed').length,
    tokens: sum(rows, 'tokens_used'),
    cost: Math.round(sum(rows, 'cost_usd') * 1e6),
    percentiles: [0.5, 0.95, 0.99].map((at) =>
      percentile(
        rows.map((row) => Number(row['processing_time_ms'])),
        at,
      ),
    ),
  }));
  expect(
    report.map((row) => ({
      key: [row['day'], row['provider'], row['model'], row['framework_id']].join('|'),
      prompts: Number(row['prompts']),
      completed: Number(row['completed']),
      failed: Number(row['failed']),
      tokens: Number(row['tokens']),
      cost: Math.round(Number(row['cost_usd']) * 1e6),
      percentiles: [row['p50_ms'], row['p95_ms'], row['p99_ms']],
    })),
  ).toEqual(expected.toSorted((a, b) => (a.key < b.key ? -1 : 1)));
  expect(report.length).toBeGreaterThan(30);
});

test('API usage and user activity equal what is computed from the rows', async () => {
  const logs = await app.rows('select * from api_usage_logs');
  const report = await app.rows('select *, day::text as day from reports.api_usage');
  const expected = groups(logs, (row) => `${day(row['created_at'])}|${String(row['provider'])}`);
  expect(
    report.map((row) => [
      `${String(row['day'])}|${String(row['provider'])}`,
      Number(row['requests']),
      Number(row['succeeded']),
      Number(row['response_bytes']),
      row['p95_ms'],
    ]),
  ).toEqual(
    expect.arrayContaining(
      expected.map(([key, rows]) => [
        key,
        rows.length,
        rows.filter((row) => Number(row['status_code']) < 400).length,
        sum(rows, 'response_size'),
        percentile(
          rows.map((row) => Number(row['response_time_ms'])),
          0.95,
        ),
      ]),
    ),
  );
  expect(report).toHaveLength(expected.length);
  expect(
    await app.rows(
      'select sum(prompts)::int as prompts, sum(requests)::int as requests, sum(feedback)::int as feedback from reports.user_activity',
    ),
  ).toEqual([{ prompts: 400, requests: 300, feedback: 60 }]);
});

test('feedback analytics equal what is computed from the feedback, also a second time', async () => {
  const feedback = await app.rows('select * from feedback');
  const expected = groups(feedback, (row) => day(row['created_at']))
    .map(([date, rows]) => {
      const answered = rows.filter((row) => row['responded_at'] !== null);
      const rated = rows.filter((row) => row['rating'] !== null);
      const hours = answered.map(
        (row) =>
          (Date.parse(String(row['responded_at'])) - Date.parse(String(row['created_at']))) / 3.6e6,
      );
      const mean = (values: readonly number[]): string | null =>
        values.length === 0 ? null : (values.reduce((a, b) => a + b, 0) / values.length).toFixed(2);
      return {
        date,
        total_feedback: rows.length,
        resolved_feedback: rows.filter(({ status }) => status === 'resolved').length,
        avg_response_time_hours: mean(hours),
        avg_rating: mean(rated.map((row) => Number(row['rating']))),
        feedback_by_type: Object.fromEntries(
          groups(rows, (row) => String(row['feedback_type'])).map(([type, list]) => [
            type,
            list.length,
          ]),
        ),
      };
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const stored = () =>
    app.rows(
      'select date::text as date, total_feedback, resolved_feedback, avg_response_time_hours, avg_rating, feedback_by_type from feedback_analytics order by date',
    );
  expect(await stored()).toEqual(expected);
  await app.rows(`delete from feedback where created_at < '2026-03-03'`);
  await app.rows(`select refresh_feedback_analytics('2026-03-01', '2026-04-01')`);
  expect(await stored()).toEqual(expected.filter(({ date }) => date >= '2026-03-03'));
});

test('users read no report', async () => {
  for (const view of ['prompt_usage', 'api_usage', 'user_activity', 'feedback_response']) {
    await expect(
      app.rowsAs(undefined, `select from reports.${view}`, ['admin']),
    ).rejects.toMatchObject(refused(/permission denied/));
  }
});
