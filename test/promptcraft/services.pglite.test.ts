import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  markApiKey,
  promptcraftServices,
  useApiKey,
} from '../../src/apps/promptcraft/server/index.ts';
import { newRing } from '../../src/secrets/new-ring.fixture.ts';
import { openSettings, type KeyRing } from '../../src/server.ts';
import { settings } from '../../src/apps/promptcraft/index.ts';
import { promptcraftSettings } from '../../src/apps/promptcraft/zod/index.ts';
import { ADA, BEN, openAppDatabase, refused, type AppDatabase } from './app-database.ts';

const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz';

let app: AppDatabase;
let ring: KeyRing;
let services: ReturnType<typeof promptcraftServices>;
beforeAll(async () => {
  app = await openAppDatabase();
  ring = await newRing();
  services = promptcraftServices({ db: app.db, ring, security: app.db });
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.reset());

const failing = (failure: object) => ({ failure: expect.objectContaining(failure) as unknown });
const ada = () => services.as({ sub: ADA });
const prompt = (more: object = {}) => ({
  frameworkId: 'race',
  provider: 'openai',
  model: 'gpt-4o',
  userInput: 'text',
  ...more,
});

describe('history', () => {
  test('savePrompt() fills in the rest, getPromptHistory() pages newest first', async () => {
    const mine = ada();
    for (let at = 0; at < 5; at += 1) {
      await mine.savePrompt(prompt({ userInput: `p${at}`, createdAt: new Date(2026, 0, at + 1) }));
    }
    const texts = async (limit?: number, offset?: number) =>
      (await mine.getPromptHistory(limit, offset)).rows.map(({ userInput }) => userInput);
    expect(await texts()).toEqual(['p4', 'p3', 'p2', 'p1', 'p0']);
    expect(await texts(2)).toEqual(['p4', 'p3']);
    expect(await texts(2, 2)).toEqual(['p2', 'p1']);
    expect((await mine.getPromptHistory(1)).rows).toMatchObject([
      { frameworkName: 'R.A.C.E', model: 'gpt-4o', status: 'pending' },
    ]);
    expect((await services.as({ sub: BEN }).getPromptHistory()).rows).toEqual([]);
    expect(await mine.clearPromptHistory()).toBe(5);
    expect(await texts()).toEqual([]);
  });

  test('with the history off, savePrompt() keeps nothing and says so', async () => {
    const mine = ada();
    await mine.updatePreferences({ enableHistory: false });
    expect(await mine.savePrompt(prompt())).toBeUndefined();
    expect((await mine.getPromptHistory()).rows).toEqual([]);
  });

  test.each([
    [
      { provider: 'acme' },
      { code: 'conflict', constraint: 'fk_prompt_history_provider_model_api_models' },
    ],
    [{ frameworkId: '__proto__' }, { code: 'invalid' }],
    [{ userInput: 'x'.repeat(1_000_000) }, { code: 'invalid' }],
  ])('refuses %o', async (more, failure) => {
    await expect(ada().savePrompt(prompt(more))).rejects.toMatchObject(failing(failure));
  });

  test('someone who is not signed in has none', async () => {
    await expect(services.as({}).getPromptHistory()).rejects.toMatchObject(
      failing({ code: 'denied', table: 'prompt_history' }),
    );
  });
});

describe('preferences', () => {
  test('have defaults, are created, changed and deleted', async () => {
    const mine = ada();
    expect(await mine.getPreferences()).toMatchObject({ theme: 'dark', maxHistoryDays: 30 });
    expect(await mine.createPreferences({ selectedModel: 'gemini' })).toMatchObject({
      selectedModel: 'gemini',
      selectedFramework: 'roses',
    });
    await expect(mine.createPreferences()).rejects.toMatchObject(
      failing({ code: 'conflict', constraint: 'user_preferences_user_id_unique' }),
    );
    expect(await mine.updatePreferences({ theme: 'light' })).toMatchObject({ theme: 'light' });
    await expect(mine.updatePreferences({ maxHistoryDays: 0 })).rejects.toMatchObject(
      failing({ code: 'invalid' }),
    );
    await mine.deletePreferences();
    expect(await mine.getPreferences()).toMatchObject({ theme: 'dark' });
    await expect(mine.deletePreferences()).rejects.toMatchObject(failing({ code: 'not-found' }));
  });
});

describe('API keys', () => {
  test('are stored encrypted, and decrypted for the server only', async () => {
    const mine = ada();
    const saved = await mine.saveApiConfig('openai', KEY);
    expect(saved).toMatchObject({ provider: 'openai', isActive: true, isValidated: false });
    expect(JSON.stringify(saved)).not.toContain('Encrypted');
    const [row] = await app.rows('select api_key_encrypted as value from api_configurations');
    expect(String(row?.['value'])).not.toContain(KEY.slice(8));
    expect(await useApiKey(app.db, ring, { userId: ADA, provider: 'openai' })).toBe(KEY);
    expect(await useApiKey(app.db, ring, { userId: BEN, provider: 'openai' })).toBeUndefined();
    await markApiKey(app.db, { userId: ADA, provider: 'openai' });
    expect(await mine.getApiConfigs()).toMatchObject([{ usageCount: 1, isValidated: true }]);
    expect(await services.as({ sub: BEN }).getApiConfigs()).toEqual([]);
    await expect(
      app.rowsAs(ADA, 'select api_key_encrypted from api_configurations'),
    ).rejects.toMatchObject(refused(/permission denied/));
  });

  test('a second key replaces the first, and has to be validated again', async () => {
    const mine = ada();
    await mine.saveApiConfig('openai', KEY);
    await markApiKey(app.db, { userId: ADA, provider: 'openai' }, 'quota exceeded');
    const second = `${KEY}2`;
    expect(await mine.saveApiConfig('openai', second)).toMatchObject({
      isValidated: false,
      validationError: null,
    });
    expect(await useApiKey(app.db, ring, { userId: ADA, provider: 'openai' })).toBe(second);
    await mine.deleteApiConfig('openai');
    expect(await mine.getApiConfigs()).toEqual([]);
  });

  test('a key of another row does not decrypt', async () => {
    await ada().saveApiConfig('openai', KEY);
    await services.as({ sub: BEN }).saveApiConfig('openai', `${KEY}b`);
    await app.rows(`update api_configurations a set api_key_encrypted = b.api_key_encrypted
      from api_configurations b where a.user_id = '${ADA}' and b.user_id = '${BEN}'`);
    await expect(useApiKey(app.db, ring, { userId: ADA, provider: 'openai' })).rejects.toThrow(
      /belongs to another row/,
    );
  });

  test.each([
    ['acme', KEY, 'provider'],
    ['__proto__', KEY, 'provider'],
    ['openai', 'sk-ant-abcdefghijklmnopqrstuvwxyz', 'apiKey'],
    ['openai', '', 'apiKey'],
  ])('for %s, %s is refused without repeating it', async (provider, key, path) => {
    const error: unknown = await ada()
      .saveApiConfig(provider, key)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject(failing({ code: 'invalid' }));
    expect(error).toMatchObject({ failure: { issues: [{ path: [path] }] } });
    if (key !== '') expect(String(error)).not.toContain(key);
  });
});

describe('templates', () => {
  test('are committed, compared, labelled, rolled back and used', async () => {
    const mine = ada();
    const { id } = await mine.promptTemplates.create({
      userId: ADA,
      name: 'greeting',
      frameworkId: 'tag',
      templateContent: 'Hello {{name}}',
      variables: [{ name: 'name', type: 'text' }],
      isPublic: false,
      isActive: true,
      usageCount: 0,
    });
    const variables = [{ name: 'name', type: 'text' }] as const;
    await mine.commitTemplate(id, {
      templateContent: 'Good day {{name}}',
      variables,
      message: 'Polite',
    });
    await mine.labelTemplate(id, 'production', 1);
    await mine.labelTemplate(id, 'production', 2);
    expect(await mine.getTemplateByLabel(id, 'production')).toMatchObject({
      version: 2,
      commitMessage: 'Polite',
    });
    expect((await mine.diffTemplateVersions(id, 1, 2)).lines).toEqual([
      { kind: 'removed', text: 'Hello {{name}}' },
      { kind: 'added', text: 'Good day {{name}}' },
    ]);
    expect(await mine.useTemplate(id, { name: 'Ben' })).toEqual({ ok: true, text: 'Good day Ben' });
    expect(await mine.useTemplate(id, {})).toMatchObject({ ok: false });
    expect(await mine.rollbackTemplate(id, 1)).toMatchObject({
      templateContent: 'Hello {{name}}',
      usageCount: 1,
    });
    expect(await app.rows('select max(version) as version from prompt_template_versions')).toEqual([
      { version: 3 },
    ]);
    await expect(mine.rollbackTemplate(id, 9)).rejects.toMatchObject(
      failing({ code: 'not-found' }),
    );
    await expect(
      services.as({ sub: BEN }).commitTemplate(id, { templateContent: 'x', variables: null }),
    ).rejects.toMatchObject(failing({ code: 'not-found' }));
  });
});

test('a denied attempt is a security event', async () => {
  await expect(
    ada().promptHistory.create({
      ...prompt(),
      frameworkName: 'x',
      userId: BEN,
      vibeCoding: false,
      status: 'pending',
    }),
  ).rejects.toMatchObject(failing({ code: 'denied' }));
  await expect
    .poll(() => app.rows('select kind, user_id, action from security_events'))
    .toEqual([{ kind: 'access_denied', user_id: ADA, action: 'prompt_history create' }]);
  await expect
    .poll(() => app.rows('select denials from principal_activity'))
    .toEqual([{ denials: 1 }]);
});

test('the flags of the first design are rows, whose changes are live and recorded', async () => {
  await using live = await openSettings(promptcraftSettings, {
    table: settings,
    database: app.database.client,
  });
  expect(['history', 'feedback', 'analytics'].map((key) => live.isOn(key as 'history'))).toEqual([
    true,
    true,
    false,
  ]);
  expect(live.get('prompts')).toEqual({ capacity: 60, refill: 60, per: 60_000 });
  await app.rowsAs(BEN, `update settings set value = '{"enabled": true}' where key = 'analytics'`, [
    'admin',
  ]);
  await expect.poll(() => live.isOn('analytics')).toBe(true);
  expect(
    await app.rows(
      `select changed_by, after from setting_changes where key = 'analytics' order by changed_at desc limit 1`,
    ),
  ).toEqual([{ changed_by: BEN, after: { enabled: true } }]);
  await live.set('supportEmail', 'help@example.org', 'test');
  expect(await app.rowsAs(undefined, 'select key from settings order by key')).toEqual(
    ['analytics', 'feedback', 'history', 'supportEmail'].map((key) => ({ key })),
  );
  await expect(app.rowsAs(ADA, `update settings set value = '1' returning id`)).resolves.toEqual(
    [],
  );
});
