import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  rateFeedback,
  setUserActive,
  submitFeedback,
} from '../../src/apps/promptcraft/server/index.ts';
import { seedId } from '../../src/apps/promptcraft/seed/catalog-rows.ts';
import { ADA, BEN, EVE, openAppDatabase, refused, type AppDatabase } from './app-database.ts';

let app: AppDatabase;
beforeAll(async () => {
  app = await openAppDatabase();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.reset());

const submit = (sub: string | undefined, more: object = {}) =>
  app.as(sub, (tx) => submitFeedback(tx, { message: 'Hello', ...more }));
const answer = (id: string) =>
  app.rowsAs(
    EVE,
    `update feedback set admin_response = 'Thanks', status = 'resolved' where id = '${id}' returning responded_at`,
    ['admin'],
  );

describe('submit_feedback()', () => {
  test('of a user: they and administrators read it, others do not', async () => {
    const id = await submit(ADA, {
      feedbackType: 'bug',
      categoryId: seedId(4, 2),
      contactEmail: 'ada@example.com',
      browserInfo: { name: 'Firefox' },
    });
    const query = 'select id, user_id, feedback_type, browser_info from feedback';
    const row = { id, user_id: ADA, feedback_type: 'bug', browser_info: { name: 'Firefox' } };
    expect(await app.rowsAs(ADA, query)).toEqual([row]);
    expect(await app.rowsAs(EVE, query, ['admin'])).toEqual([row]);
    expect(await app.rowsAs(BEN, query)).toEqual([]);
  });

  test('anonymous: nobody but administrators reads it, not even a user who is its author', async () => {
    await submit(undefined);
    await submit(ADA, { anonymous: true });
    expect(await app.rows('select user_id from feedback')).toEqual([
      { user_id: null },
      { user_id: null },
    ]);
    expect(await app.rowsAs(ADA, 'select from feedback')).toEqual([]);
    expect(await app.rowsAs(undefined, 'select from feedback')).toEqual([]);
    expect(await app.rowsAs(EVE, 'select from feedback', ['admin'])).toHaveLength(2);
  });

  test.each([
    [{ message: '  ' }, /feedback_message_check/],
    [{ feedbackType: 'praise' }, /feedback_feedback_type_check/],
    [{ contactEmail: 'nobody' }, /feedback_contact_email_check/],
    [{ message: 'x'.repeat(1_000_000) }, /feedback_message_check/],
  ])('refuses %o', async (more, message) => {
    await expect(submit(undefined, more)).rejects.toMatchObject(refused(message));
  });
});

describe('an answer', () => {
  test('gets the time of the database and the administrator, whatever the client says', async () => {
    const id = await submit(ADA);
    await app.rowsAs(
      EVE,
      `update feedback set admin_response = 'Thanks', responded_at = '2031-01-01', admin_user_id = '${BEN}' where id = '${id}'`,
      ['admin'],
    );
    const [row] = await app.rows(
      "select admin_user_id, responded_at between now() - interval '1 minute' and now() as recent from feedback",
    );
    expect(row).toEqual({ admin_user_id: EVE, recent: true });
    await app.rowsAs(EVE, `update feedback set responded_at = '2031-01-01'`, ['admin']);
    expect(await app.rows('select responded_at < now() as kept from feedback')).toEqual([
      { kept: true },
    ]);
  });

  test('is not before the question, if the clock of its client runs ahead', async () => {
    const id = await submit(ADA);
    await app.rows(`update feedback set created_at = '2031-01-01'`);
    expect(await answer(id)).toEqual([{ responded_at: '2031-01-01 00:00:00+00' }]);
  });

  test('only administrators answer', async () => {
    await submit(ADA);
    for (const sub of [ADA, BEN]) {
      const update = `update feedback set admin_response = 'Me' returning id`;
      expect(await app.rowsAs(sub, update)).toEqual([]);
    }
    await expect(
      app.rowsAs(
        ADA,
        `insert into feedback (id, user_id, message, feedback_type, priority, status, admin_response, created_at, updated_at)
values (gen_random_uuid(), '${ADA}', 'm', 'bug', 'low', 'open', 'forged', now(), now())`,
      ),
    ).rejects.toMatchObject(refused(/row-level security/));
  });

  test('its author rates it once it exists, from 1 to 5', async () => {
    const id = await submit(ADA);
    const rate = (sub: string | undefined, stars: number) =>
      app.as(sub, (tx) => rateFeedback(tx, id, stars));
    expect(await rate(ADA, 5)).toBe(false);
    await answer(id);
    expect(await rate(BEN, 1)).toBe(false);
    expect(await rate(undefined, 1)).toBe(false);
    expect(await rate(ADA, 4)).toBe(true);
    await expect(rate(ADA, 6)).rejects.toMatchObject(refused(/feedback_rating_check/));
    expect(await app.rowsAs(ADA, 'select rating, status from feedback')).toEqual([
      { rating: 4, status: 'resolved' },
    ]);
  });
});

test('a category cannot be under itself', async () => {
  const move = (at: number, under: number) =>
    app.rows(
      `update feedback_categories set parent_id = '${seedId(4, under)}' where id = '${seedId(4, at)}'`,
    );
  await expect(move(1, 3)).rejects.toMatchObject(refused(/acyclic/));
  await move(4, 3);
  await expect(move(1, 4)).rejects.toMatchObject(refused(/acyclic/));
});

test('administrators activate users, others do not', async () => {
  await app.rowsAs(
    ADA,
    `insert into user_profiles (id, user_id, is_active, created_at, updated_at) values (gen_random_uuid(), '${ADA}', true, now(), now())`,
  );
  await expect(app.as(ADA, (tx) => setUserActive(tx, ADA, false))).rejects.toMatchObject(
    refused(/only an administrator/),
  );
  expect(await app.as(EVE, (tx) => setUserActive(tx, ADA, false), ['admin'])).toBe(true);
  expect(await app.as(EVE, (tx) => setUserActive(tx, BEN, false), ['admin'])).toBe(false);
  await expect(app.rowsAs(ADA, 'update user_profiles set is_active = true')).rejects.toMatchObject(
    refused(/permission denied/),
  );
});
