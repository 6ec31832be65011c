import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { insertExamples } from '../../src/apps/promptcraft/seed/seed.ts';
import {
  frameworkRows,
  modelRows,
  providerRows,
} from '../../src/apps/promptcraft/seed/catalog-rows.ts';
import { promptHistory, type NewPromptHistory } from '../../src/apps/promptcraft/index.ts';
import { schemas } from '../../src/apps/promptcraft/zod/index.ts';
import { ADA, openAppDatabase, refused, type AppDatabase } from './app-database.ts';

let app: AppDatabase;
beforeAll(async () => {
  app = await openAppDatabase();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.reset());

const prompt = (more: Partial<NewPromptHistory> = {}): NewPromptHistory => ({
  id: newId(),
  userId: ADA,
  frameworkId: 'roses',
  frameworkName: 'R.O.S.E.S',
  provider: 'openai',
  model: 'gpt-4o',
  userInput: 'text',
  vibeCoding: false,
  status: 'pending',
  createdAt: new Date(),
  updatedAt: new Date(),
  ...more,
});
const insert = (row: NewPromptHistory) => app.as(ADA, (tx) => tx.insert(promptHistory).values(row));

describe('a prompt', () => {
  test.each([
    ['an unknown provider', { provider: 'acme' }, /fk_prompt_history_provider_model_api_models/],
    [
      'a model of another provider',
      { model: 'gemini-2.5-pro' },
      /fk_prompt_history_provider_model/,
    ],
    ['an unknown framework', { frameworkId: '__proto__' }, /fk_prompt_history_framework_id/],
  ])('with %s is refused by its foreign key', async (_, more, message) => {
    const row = prompt(more);
    expect(schemas.promptHistory.insert.safeParse(row).success).toBe(true);
    await expect(insert(row)).rejects.toMatchObject(refused(message));
  });

  test.each([
    ['1 MB', { userInput: 'x'.repeat(1_000_000) }, /prompt_history_user_input_check/],
    ['nothing', { userInput: ' \n ' }, /prompt_history_user_input_check/],
    ['negative cost', { costUsd: -0.01 }, /prompt_history_cost_usd_check/],
    ['a temperature of 3', { temperature: 3 }, /prompt_history_temperature_check/],
    ['another status', { status: 'done' as 'failed' }, /prompt_history_status_check/],
  ])('of %s is refused by the validator and the database', async (_, more, message) => {
    const row = prompt(more);
    expect(schemas.promptHistory.insert.safeParse(row).success).toBe(false);
    await expect(insert(row)).rejects.toMatchObject(refused(message));
  });

  test('keeps a cost of millionths of a dollar exactly', async () => {
    await insert(prompt({ costUsd: 1234.000001 }));
    expect(await app.rows('select cost_usd::text as cost from prompt_history')).toEqual([
      { cost: '1234.000001' },
    ]);
  });
});

describe('the seed', () => {
  test('passes the validators', () => {
    for (const row of providerRows) schemas.apiProviders.insert.parse(row);
    for (const row of modelRows) schemas.apiModels.insert.parse(row);
    for (const row of frameworkRows) schemas.promptFrameworks.insert.parse(row);
    expect([providerRows.length, frameworkRows.length]).toEqual([3, 9]);
  });

  test('a second time, it changes nothing', async () => {
    expect(await insertExamples(app.db)).toBeGreaterThan(10);
    expect(await insertExamples(app.db)).toBe(0);
    expect(await app.rows('select version from prompt_template_versions')).toEqual([
      { version: 1 },
      { version: 1 },
    ]);
  });

  test.each([
    ['openai', 'sk-proj-abcdefghijklmnopqrstuvwxyz', 'sk-ant-abcdefghijklmnopqrstuvwxyz'],
    ['anthropic', 'sk-ant-api03-abcdefghijklmnopqrst', 'sk-abcdefghijklmnopqrstuvwxyz'],
    ['gemini', `AIza${'a'.repeat(35)}`, 'AIza'],
  ])('the key pattern of %s accepts its keys only', (name, own, other) => {
    const pattern = new RegExp(
      providerRows.find((row) => row.name === name)?.apiKeyPattern ?? '',
      'u',
    );
    expect([pattern.test(own), pattern.test(other)]).toEqual([true, false]);
  });
});
