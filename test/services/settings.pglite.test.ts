import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import type { Schema } from '../../src/model/schema.ts';
import type { Problem } from '../../src/report/problem.ts';
import { accessRules, asPrincipal, openSettings, ServiceError } from '../../src/server.ts';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { compareAccess } from '../../src/testing.ts';
import { deriveTests } from '../../src/testing/schema/derive-tests.ts';
import { readDerived } from '../../src/testing/schema/read-derived.ts';
import { install } from '../kit/install.ts';
import { definitions, settings, settingChanges, settingsSchema } from './app-settings.ts';

let client: PGlite;
let model: Schema;
const problems: Problem[] = [];
const open = () =>
  openSettings(definitions, {
    table: settings,
    database: client,
    onProblem: (problem) => void problems.push(problem),
  });
beforeAll(async () => {
  client = await blankPostgres();
  model = await install(client, settingsSchema);
});
beforeEach(async () => {
  problems.length = 0;
  await client.exec('delete from settings; delete from setting_changes');
});
afterAll(() => client.close());

const ADA = '0197a3c5-0000-7000-8000-000000000001';

test('an empty table has the defaults; a value is stored, read and reset', async () => {
  await using live = await open();
  expect(live.get('supportEmail')).toBe('help@example.org');
  expect(live.isOn('history')).toBe(true);
  await live.set('supportEmail', 'new@example.org', ADA);
  await live.set('history', { enabled: true, percentage: 0 }, 'job');
  expect(live.get('supportEmail')).toBe('new@example.org');
  expect(live.isOn('history', { id: ADA })).toBe(false);
  await live.reset('supportEmail', ADA);
  expect(live.get('supportEmail')).toBe('help@example.org');
  expect(problems).toEqual([]);
});

test('every change is recorded with who made it, whoever it was', async () => {
  await using live = await open();
  await live.set('model', 'large', ADA);
  await live.set('model', 'small', 'nightly');
  await client.exec(`update settings set value = '"large"'`);
  await live.reset('model', ADA);
  const { rows } = await client.query(
    'select key, before, after, is_public, changed_by from setting_changes order by changed_at, id',
  );
  const change = (before: unknown, after: unknown, by: string) => ({
    key: 'model',
    before,
    after,
    is_public: false,
    changed_by: by,
  });
  expect(rows).toEqual([
    change(null, 'large', ADA),
    change('large', 'small', 'nightly'),
    change('small', 'large', 'postgres'),
    change('large', null, ADA),
  ]);
  const { rows: left } = await client.query(
    `select current_setting('request.jwt.claims', true) as claims`,
  );
  expect(left).toEqual([{ claims: expect.toBeOneOf([null, '']) as unknown }]);
});

test('a principal reads public settings only, and writes none; changes are for admins', async () => {
  await using live = await open();
  await live.set('supportEmail', 'new@example.org', ADA);
  await live.set('model', 'large', ADA);
  const db = drizzle(client);
  const as = (claims: object) => ({ role: 'app_user', claims: { ...claims } });
  const keys = await asPrincipal(db, as({ sub: ADA, roles: ['admin'] }), (tx) =>
    tx.select({ key: settings.key }).from(settings),
  );
  expect(keys).toEqual([{ key: 'supportEmail' }]);
  const write = asPrincipal(db, as({ sub: ADA, roles: ['admin'] }), (tx) =>
    tx.update(settings).set({ value: 'x' }),
  );
  await expect(write).rejects.toMatchObject({ cause: { code: '42501' } });
  const changes = (claims: object) =>
    asPrincipal(db, as(claims), (tx) => tx.$count(settingChanges));
  expect(await changes({ sub: ADA, roles: ['admin'] })).toBe(2);
  expect(await changes({ sub: ADA })).toBe(0);
});

test('an unknown key, a wrong type and null are refused, and nothing is stored', async () => {
  await using live = await open();
  await expect(live.set('nothing' as 'model', 'large', ADA)).rejects.toMatchObject({
    problem: { code: 'settings/unknown' },
  });
  expect(() => live.get('nothing' as 'model')).toThrow('there is no setting "nothing".');
  expect(() => live.get('toString' as 'model')).toThrow('there is no setting "toString".');
  for (const value of ['huge', 7, null]) {
    const refused: unknown = await live
      .set('model', value as 'large', ADA)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ServiceError);
    expect(refused).toMatchObject({ failure: { code: 'invalid', issues: [{ path: ['model'] }] } });
  }
  const { rows } = await client.query('select key from settings');
  expect(rows).toEqual([]);
});

test('an invalid, an unknown and an exposed row are reported once each', async () => {
  await using live = await open();
  await client.exec(`insert into settings values
    (gen_random_uuid(), 'model', '"huge"', true, now(), now()),
    (gen_random_uuid(), 'gone', '1', false, now(), now())`);
  await expect
    .poll(() => problems.map(({ code }) => code).toSorted())
    .toEqual(['settings/exposed', 'settings/invalid', 'settings/unknown']);
  expect(live.get('model')).toBe('small');
  await live.set('model', 'large', ADA);
  expect(live.get('model')).toBe('large');
  expect(problems).toHaveLength(3);
  const { rows } = await client.query(`select is_public from settings where key = 'model'`);
  expect(rows).toEqual([{ is_public: false }]);
});

test('listeners are called after a change, until they stop', async () => {
  await using live = await open();
  let calls = 0;
  const stop = live.onChange(() => void (calls += 1));
  await live.set('model', 'large', ADA);
  expect(calls).toBe(1);
  stop();
  await live.set('model', 'small', ADA);
  expect(calls).toBe(1);
});

test('a missing table is a problem with its fix', async () => {
  await client.exec('alter table settings rename to former');
  try {
    await expect(open()).rejects.toMatchObject({ problem: { code: 'settings/no-table' } });
  } finally {
    await client.exec('alter table former rename to settings');
  }
});

test('Zero and Postgres agree on who reads which setting', async () => {
  const { enforcers, mixed } = await compareAccess({
    client,
    rules: accessRules(settingsSchema),
    cases: 40,
    seed: 7,
  });
  expect(enforcers.length).toBeGreaterThan(3);
  expect(mixed.read).toBeGreaterThan(0);
});

test('the derived tests hold for the tables, and Zero syncs the settings', async () => {
  const { failures, tried } = await deriveTests(
    { client, db: drizzle(client) },
    readDerived(settingsSchema),
    { parts: ['rows', 'catalog'], zero: false },
  );
  expect(failures).toEqual([]);
  expect(tried.length).toBeGreaterThan(10);
  const plan = planZero(model, model.access?.rules, {});
  expect(plan.insertOnly).toEqual(['settingChanges']);
});
