import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { submitFeedback } from '../../src/apps/promptcraft/server/index.ts';
import { ADA, BEN, openAppDatabase, refused, rowNumber, type AppDatabase } from './app-database.ts';

let app: AppDatabase;
beforeAll(async () => {
  app = await openAppDatabase();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.reset());

/** Gives Ada a row of preferences in which one column differs from the defaults. */
const prefer = (column: string, value: string) =>
  app.rowsAs(
    ADA,
    `insert into user_preferences (id, user_id, selected_model, selected_framework, theme, language,
  enable_notifications, enable_analytics, enable_history, enable_feedback, max_history_days, auto_cleanup,
  created_at, updated_at)
select gen_random_uuid(), '${ADA}', 'openai', 'roses', 'dark', 'en',
  ${['enable_notifications', 'enable_analytics', 'enable_history', 'enable_feedback']
    .map((name) => (name === column ? value : 'true'))
    .join(', ')}, 30, true, now(), now()`,
  );
const prompt = (number: number, user = ADA) => `
insert into prompt_history (id, user_id, framework_id, framework_name, model, provider, user_input, vibe_coding, status, created_at, updated_at)
values ('${rowNumber(number)}', '${user}', 'roses', 'R.O.S.E.S', 'gpt-4o', 'openai', 'text', false, 'pending', now(), now())`;

describe('enable_history', () => {
  test('off: prompts of this user are not kept, and no error tells it', async () => {
    await prefer('enable_history', 'false');
    await app.rowsAs(ADA, prompt(1));
    await app.rowsAs(BEN, prompt(2, BEN));
    expect(await app.rows('select user_id from prompt_history')).toEqual([{ user_id: BEN }]);
  });

  test('on, and without a row: they are kept', async () => {
    await app.rowsAs(ADA, prompt(1));
    await prefer('enable_history', 'true');
    await app.rowsAs(ADA, prompt(2));
    expect(await app.rows('select from prompt_history')).toHaveLength(2);
  });
});

describe('enable_analytics', () => {
  const log = `insert into api_usage_logs (id, user_id, provider, status_code, created_at)
    values (gen_random_uuid(), '${ADA}', 'openai', 200, now())`;
  const requests = 'select requests, succeeded from reports.api_usage';
  const prompts = 'select prompts from reports.prompt_usage';
  const refresh = () =>
    app.database.client.exec(
      'refresh materialized view concurrently reports.api_usage; refresh materialized view concurrently reports.prompt_usage',
    );

  test('off: requests are not logged, and prompts are in no report', async () => {
    await prefer('enable_analytics', 'false');
    await app.rows(log);
    await app.rowsAs(ADA, prompt(1));
    await refresh();
    expect(await app.rows('select from api_usage_logs')).toEqual([]);
    expect(await app.rows(prompts)).toEqual([]);
    expect(await app.rows('select from prompt_history')).toHaveLength(1);
  });

  test('on: both are counted, until it is switched off', async () => {
    await prefer('enable_analytics', 'true');
    await app.rows(log);
    await app.rowsAs(ADA, prompt(1));
    await refresh();
    expect(await app.rows(requests)).toEqual([{ requests: 1, succeeded: 1 }]);
    expect(await app.rows(prompts)).toEqual([{ prompts: 1 }]);
    await app.rowsAs(ADA, 'update user_preferences set enable_analytics = false');
    await refresh();
    expect(await app.rows(requests)).toEqual([]);
    expect(await app.rows(prompts)).toEqual([]);
  });
});

describe('enable_feedback', () => {
  test('off: feedback is refused with the reason, because a message must not be lost', async () => {
    await prefer('enable_feedback', 'false');
    await expect(
      app.as(ADA, (tx) => submitFeedback(tx, { message: 'Hello' })),
    ).rejects.toMatchObject(refused(/switched feedback off/));
    await app.as(BEN, (tx) => submitFeedback(tx, { message: 'Hello' }));
    await app.as(undefined, (tx) => submitFeedback(tx, { message: 'Hello' }));
    expect(await app.rows('select from feedback')).toHaveLength(2);
  });
});

describe('enable_notifications', () => {
  const answer = async () => {
    await app.as(ADA, (tx) => submitFeedback(tx, { message: 'Hello' }));
    await app.rowsAs(BEN, `update feedback set admin_response = 'Thanks'`, ['admin']);
    return app.rowsAs(ADA, 'select kind, message from user_notifications');
  };

  test('on: an answer to feedback becomes a notification of its author', async () => {
    expect(await answer()).toEqual([{ kind: 'feedback_answered', message: 'Thanks' }]);
    expect(await app.rowsAs(BEN, 'select from user_notifications')).toEqual([]);
    await app.rowsAs(ADA, 'update user_notifications set read_at = now()');
    await expect(
      app.rowsAs(ADA, `update user_notifications set message = 'forged'`),
    ).rejects.toMatchObject(refused(/permission denied/));
  });

  test('off: it does not', async () => {
    await prefer('enable_notifications', 'false');
    expect(await answer()).toEqual([]);
  });
});
