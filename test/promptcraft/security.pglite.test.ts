import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  countActivity,
  promptcraftServer,
  reportUnusualActivity,
  startSession,
  useSession,
} from '../../src/apps/promptcraft/server/index.ts';
import { schema } from '../../src/apps/promptcraft/zero/index.ts';
import type { SyncServer } from '../../src/server.ts';
import { ADA, BEN, EVE, openAppDatabase, refused, type AppDatabase } from './app-database.ts';

let app: AppDatabase;
let server: SyncServer;
beforeAll(async () => {
  app = await openAppDatabase();
  await app.database.client.exec(`create schema zero_0;
create table zero_0.clients ("clientGroupID" text, "clientID" text, "lastMutationID" bigint, "userID" text, primary key ("clientGroupID", "clientID"));
create table zero_0.mutations ("clientGroupID" text, "clientID" text, "mutationID" bigint, result json, primary key ("clientGroupID", "clientID", "mutationID"))`);
  server = promptcraftServer({
    database: zeroDrizzle(schema, app.db as never),
    security: app.db,
    apiKey: false,
    identity(request) {
      const token = request.headers.get('authorization');
      if (token === 'forged') throw new Error('bad signature');
      return token === null ? undefined : { sub: token };
    },
  });
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.reset());

const send = (path: string, token: string | undefined, body: unknown): Promise<Response> =>
  server.handler(
    new Request(`http://localhost${path}?schema=zero_0&appID=zero`, {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: token },
      body: JSON.stringify(body),
    }),
  );

let mutations = 0;
const mutate = (token: string | undefined, name: string, args: unknown): Promise<Response> => {
  mutations += 1;
  return send('/mutate', token, {
    clientGroupID: 'g',
    mutations: [
      { type: 'custom', id: 1, clientID: `c${mutations}`, name, args: [args], timestamp: 0 },
    ],
    pushVersion: 1,
    timestamp: 0,
    requestID: 'r',
  });
};
const events = () =>
  app.rows('select kind, user_id, action from security_events order by created_at, id');

describe('the server records', () => {
  test('a failed sign-in, without the token', async () => {
    expect((await send('/query', 'forged', ['transform', []])).status).toBe(401);
    expect(await events()).toEqual([{ kind: 'sign_in_failed', user_id: null, action: '/query' }]);
    expect(JSON.stringify(await app.rows('select * from security_events'))).not.toContain('forged');
  });

  test('a denied write, with its table, and counts it', async () => {
    const row = {
      id: '00000000-0000-7000-8000-000000000001',
      name: 'stolen',
      color: '#000000',
      description: null,
      isActive: true,
      createdAt: 1,
      updatedAt: 1,
    };
    const response = await mutate(ADA, 'rows.feedbackTags.insert', row);
    expect(await response.json()).toMatchObject({ mutations: [{ result: { error: 'app' } }] });
    expect(await events()).toEqual([
      { kind: 'access_denied', user_id: ADA, action: 'feedback_tags insert' },
    ]);
    expect(await app.rows('select user_id, reads, denials from principal_activity')).toEqual([
      { user_id: ADA, reads: 0, denials: 1 },
    ]);
  });

  test('no event for an allowed write, and none for one with a wrong value', async () => {
    await mutate(ADA, 'rows.users.update', { id: ADA, name: 'Ada L.' });
    await mutate(ADA, 'rows.users.update', { id: ADA, name: '' });
    expect(await events()).toEqual([]);
  });

  test('the number of queries of a user', async () => {
    const query = (id: string) => ({ id, name: 'catalog.frameworks', args: [] });
    await send('/query', ADA, ['transform', [query('1'), query('2')]]);
    await send('/query', ADA, ['transform', [query('3')]]);
    await send('/query', undefined, ['transform', [query('4')]]);
    expect(await app.rows('select user_id, reads from principal_activity')).toEqual([
      { user_id: ADA, reads: 3 },
    ]);
  });
});

describe('sessions', () => {
  test('a token opens the session of its user, and any other is a failed sign-in', async () => {
    await app.rows(
      `insert into user_profiles (id, user_id, is_active, created_at, updated_at) values (gen_random_uuid(), '${ADA}', true, now(), now())`,
    );
    const token = (await startSession(app.db, ADA, { userAgent: 'test' })) ?? '';
    expect(await useSession(app.db, token)).toMatchObject({ userId: ADA, userAgent: 'test' });
    expect(
      await app.rowsAs(ADA, 'select last_login_at is not null as signed_in from user_profiles'),
    ).toEqual([{ signed_in: true }]);
    expect(await events()).toEqual([]);
    expect(
      await useSession(app.db, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`),
    ).toBeUndefined();
    expect(await events()).toEqual([{ kind: 'sign_in_failed', user_id: null, action: 'session' }]);
    expect(JSON.stringify(await app.rows('select * from user_sessions'))).not.toContain(token);
    await expect(app.rowsAs(ADA, 'select token_hash from user_sessions')).rejects.toMatchObject(
      refused(/permission denied/),
    );
    await app.rowsAs(ADA, 'delete from user_sessions');
    expect(await useSession(app.db, token)).toBeUndefined();
  });

  test('a deactivated user gets none', async () => {
    await app.rows(
      `insert into user_profiles (id, user_id, is_active, created_at, updated_at) values (gen_random_uuid(), '${ADA}', false, now(), now())`,
    );
    expect(await startSession(app.db, ADA)).toBeUndefined();
    expect(await events()).toEqual([
      { kind: 'sign_in_failed', user_id: ADA, action: 'deactivated' },
    ]);
  });
});

describe('security events', () => {
  const insert = `insert into security_events (id, kind, created_at) values (gen_random_uuid(), 'access_denied', now())`;

  test('are only added, by the server, and read by administrators', async () => {
    await app.rows(insert);
    expect(await app.rowsAs(ADA, 'select from security_events')).toEqual([]);
    expect(await app.rowsAs(EVE, 'select from security_events', ['admin'])).toHaveLength(1);
    for (const statement of [
      insert,
      'delete from security_events',
      `update security_events set kind = 'sign_in_failed'`,
      'truncate security_events',
    ]) {
      await expect(app.rowsAs(EVE, statement, ['admin'])).rejects.toMatchObject(
        refused(/permission denied/),
      );
    }
  });

  test('outlive their user', async () => {
    await app.rows(
      `insert into security_events (id, kind, user_id, created_at) values (gen_random_uuid(), 'access_denied', '${ADA}', now())`,
    );
    await app.rows(`delete from users where id = '${ADA}'`);
    expect(await events()).toMatchObject([{ user_id: ADA }]);
  });
});

describe('reportUnusualActivity()', () => {
  const TODAY = new Date('2026-05-31T12:00:00Z');
  const history = (user: string, daysAgo: string, reads: number, denials: number) =>
    app.rows(`insert into principal_activity (id, user_id, day, reads, denials)
      select gen_random_uuid(), '${user}', date '2026-05-31' - g, ${reads}, ${denials} from ${daysAgo} g`);

  test('reports more than ten times the own median, once a day', async () => {
    await history(ADA, 'generate_series(1, 30)', 20, 1);
    await history(ADA, 'generate_series(0, 0)', 201, 10);
    await history(BEN, 'generate_series(1, 30)', 20, 0);
    await history(BEN, 'generate_series(0, 0)', 200, 11);
    expect(
      (await reportUnusualActivity(app.db, TODAY)).toSorted((a, b) => a.count - b.count),
    ).toEqual([
      { userId: BEN, kind: 'unusual_denials', count: 11, median: 0 },
      { userId: ADA, kind: 'unusual_reads', count: 201, median: 20 },
    ]);
    expect(await reportUnusualActivity(app.db, TODAY)).toEqual([]);
    expect(await events()).toHaveLength(2);
  });

  test('neither days before the 30 nor other users count', async () => {
    await history(ADA, 'generate_series(31, 90)', 1, 0);
    await history(ADA, 'generate_series(1, 5)', 50, 0);
    await history(ADA, 'generate_series(0, 0)', 400, 0);
    await history(BEN, 'generate_series(1, 30)', 1, 0);
    expect(await reportUnusualActivity(app.db, TODAY)).toEqual([]);
  });

  test('a user with fewer than five active days is not judged', async () => {
    await history(ADA, 'generate_series(1, 4)', 1, 0);
    await history(ADA, 'generate_series(0, 0)', 4_000, 0);
    expect(await reportUnusualActivity(app.db, TODAY)).toEqual([]);
  });
});

test('countActivity() adds up, and ignores a user who does not exist', async () => {
  await countActivity(app.db, ADA, { reads: 2 });
  await countActivity(app.db, ADA, { reads: 1, denials: 1 });
  await countActivity(app.db, '00000000-0000-4000-8000-0000000000ff', { reads: 1 });
  expect(await app.rows('select user_id, reads, denials from principal_activity')).toEqual([
    { user_id: ADA, reads: 3, denials: 1 },
  ]);
});

test('a clock that runs ahead does not date a prompt into the future', async () => {
  const future = Date.parse('2035-01-01');
  const row = {
    id: '00000000-0000-7000-8000-000000000002',
    userId: ADA,
    frameworkId: 'roses',
    frameworkName: 'R.O.S.E.S',
    provider: 'openai',
    model: 'gpt-4o',
    userInput: 'text',
    vibeCoding: false,
    status: 'pending',
    createdAt: future,
    updatedAt: future,
  };
  const response = await mutate(ADA, 'rows.promptHistory.insert', row);
  expect(await response.json()).toMatchObject({ mutations: [{ result: {} }] });
  expect(await app.rows('select created_at <= now() as past from prompt_history')).toEqual([
    { past: true },
  ]);
});
