import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as database from '../../src/apps/promptcraft/database.ts';
import { cleanUpDatabase, maintainDatabase } from '../../src/ops.ts';
import { ADA, BEN, EVE, openAppDatabase, refused, type AppDatabase } from './app-database.ts';

let app: AppDatabase;
beforeAll(async () => {
  app = await openAppDatabase();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
  await app.reset();
  // Ada keeps 5 days, Ben everything, Eve has no preferences.
  await app.database.client.exec(`
insert into user_preferences (id, user_id, selected_model, selected_framework, theme, language, enable_notifications, enable_analytics, enable_history, enable_feedback, max_history_days, auto_cleanup, created_at, updated_at)
select gen_random_uuid(), u.id, 'openai', 'roses', 'dark', 'en', true, true, true, true, 5, u.id = '${ADA}', now(), now() from users u where u.id <> '${EVE}';
insert into prompt_history (id, user_id, framework_id, framework_name, model, provider, user_input, vibe_coding, status, created_at, updated_at)
select gen_random_uuid(), u.id, 'roses', 'name', 'gpt-4o', 'openai', 'text', false, 'completed', now() - g * interval '1 day' - interval '1 hour', now()
from users u, generate_series(0, 59) g`);
});

const kept = async () =>
  Object.fromEntries(
    (await app.rows('select user_id, count(*)::int as count from prompt_history group by 1')).map(
      ({ user_id: user, count }) => [String(user), count],
    ),
  );

describe('auto_cleanup and max_history_days', () => {
  test('decide which prompts a cleanup deletes; without preferences, those of 30 days', async () => {
    await cleanUpDatabase(app.database.client, database);
    expect(await kept()).toEqual({ [ADA]: 5, [BEN]: 60, [EVE]: 30 });
  });

  test('apply to daily_maintenance() too, which only an operator may call', async () => {
    await expect(app.rowsAs(ADA, 'select daily_maintenance()')).rejects.toMatchObject(
      refused(/permission denied/),
    );
    await app.database.client.exec(
      'set role promptcraft_operator; select public.daily_maintenance(); reset role',
    );
    expect(await kept()).toEqual({ [ADA]: 5, [BEN]: 60, [EVE]: 30 });
  });
});

test('daily maintenance deletes old rows of the server, and refreshes the reports', async () => {
  await app.database.client.exec(`
insert into api_usage_logs (id, user_id, provider, status_code, created_at) select gen_random_uuid(), '${ADA}', 'openai', 200, now() - g * interval '1 day' from generate_series(0, 99) g;
insert into principal_activity (id, user_id, day, reads, denials) select gen_random_uuid(), '${ADA}', current_date - g, 1, 0 from generate_series(0, 99) g;
insert into user_sessions (id, user_id, token_hash, token_prefix, token_expires_at, last_seen_at, created_at)
  values (gen_random_uuid(), '${ADA}', repeat('a', 43), 'pcs_', now() - interval '1 hour', now(), now()), (gen_random_uuid(), '${ADA}', repeat('b', 43), 'pcs_', now() + interval '1 hour', now(), now())`);
  const { refreshed } = await maintainDatabase(app.database.client, database);
  expect(refreshed.map(({ table }) => table)).toEqual([
    'reports.api_usage',
    'reports.feedback_response',
    'reports.prompt_usage',
    'reports.user_activity',
  ]);
  const [left] = await app.rows(`select (select count(*)::int from api_usage_logs) as logs,
    (select count(*)::int from principal_activity) as days, (select count(*)::int from user_sessions) as sessions,
    (select sum(prompts)::int from reports.prompt_usage) as prompts`);
  expect(left).toMatchObject({ logs: 90, sessions: 1, prompts: 95 });
  expect(Number(left?.['days'])).toBeLessThan(63);
});

test('each function of the first design answers an operator', async () => {
  await app.database.client.exec('set role promptcraft_operator');
  try {
    for (const call of [
      'analyze_all_tables()',
      'vacuum_all_tables()',
      'get_database_stats()',
      'health_check()',
      'integrity_check()',
      'security_audit()',
    ]) {
      await expect(app.rows(`select * from public.${call}`)).resolves.toBeInstanceOf(Array);
    }
  } finally {
    await app.database.client.exec('reset role');
  }
});
