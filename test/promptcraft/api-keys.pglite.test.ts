import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { apiConfigurations } from '../../src/apps/promptcraft/index.ts';
import { callFunction } from '../../src/apps/promptcraft/server/call-function.ts';
import { markApiKey, takeRequest, useApiKey } from '../../src/apps/promptcraft/server/index.ts';
import { newId } from '../../src/kit/index.ts';
import { newRing } from '../../src/secrets/new-ring.fixture.ts';
import { columnCipher, type KeyRing } from '../../src/server.ts';
import { ADA, BEN, openAppDatabase, refused, type AppDatabase } from './app-database.ts';

const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz';

let app: AppDatabase;
let ring: KeyRing;
beforeAll(async () => {
  app = await openAppDatabase();
  ring = await newRing();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.reset());

const save = (sub: string, id: string, text: string, provider = 'openai') =>
  app.as(sub, (tx) =>
    callFunction<boolean>(tx, 'save_api_configuration', [
      { name: 'configuration', type: 'uuid', value: id },
      { name: 'for_provider', type: 'text', value: provider },
      { name: 'ciphertext', type: 'text', value: text },
    ]),
  );
const encrypt = (id: string, text = KEY): string =>
  columnCipher(apiConfigurations.apiKeyEncrypted, ring).encrypt(id, text);

test('a key is stored as ciphertext, and decrypted for the server only', async () => {
  const id = newId();
  expect(await save(ADA, id, encrypt(id))).toBe(true);
  const [row] = await app.rows('select api_key_encrypted as value from api_configurations');
  expect(String(row?.['value'])).not.toContain('abcdef');
  const own = { userId: ADA, provider: 'openai' };
  expect(await useApiKey(app.db, ring, own)).toBe(KEY);
  expect(await useApiKey(app.db, ring, { ...own, userId: BEN })).toBeUndefined();
  await markApiKey(app.db, own);
  expect(await app.rowsAs(ADA, 'select usage_count, is_validated from api_configurations')).toEqual(
    [{ usage_count: 1, is_validated: true }],
  );
  expect(await app.rowsAs(BEN, 'select id from api_configurations')).toEqual([]);
  for (const statement of [
    'select api_key_encrypted from api_configurations',
    `update api_configurations set is_validated = true`,
    `insert into api_configurations (id) values (gen_random_uuid())`,
  ]) {
    await expect(app.rowsAs(ADA, statement)).rejects.toMatchObject(refused(/permission denied/));
  }
});

test('a key that is switched off is not used', async () => {
  const id = newId();
  await save(ADA, id, encrypt(id));
  await app.rowsAs(ADA, 'update api_configurations set is_active = false');
  expect(await useApiKey(app.db, ring, { userId: ADA, provider: 'openai' })).toBeUndefined();
});

test('plain text, an unknown provider and a ciphertext of another row are refused', async () => {
  const [id, other] = [newId(), newId()];
  await expect(save(ADA, id, KEY)).rejects.toMatchObject(refused(/api_key_encrypted_check/));
  await expect(save(ADA, id, encrypt(id), 'acme')).rejects.toMatchObject(
    refused(/fk_api_configurations_provider_api_providers/),
  );
  await save(ADA, id, encrypt(other));
  await expect(useApiKey(app.db, ring, { userId: ADA, provider: 'openai' })).rejects.toThrow(
    /belongs to another row/,
  );
  expect(await save(ADA, other, encrypt(other))).toBe(false);
});

test('a user has the requests of a provider per minute and per day, and others have their own', async () => {
  await app.rows(
    `update api_providers set max_requests_per_minute = 2, max_requests_per_day = 3 where name = 'gemini'`,
  );
  const take = async (userId: string, provider = 'gemini') =>
    (await takeRequest(app.db, { userId, provider }))?.allowed;
  expect([await take(ADA), await take(ADA), await take(ADA)]).toEqual([true, true, false]);
  expect(await take(BEN)).toBe(true);
  await app.rows(`delete from rate_limits where key like 'minute:%'`);
  expect([await take(ADA), await take(ADA)]).toEqual([true, false]);
  await app.rows(`update api_providers set is_enabled = false where name = 'gemini'`);
  expect(await take(BEN)).toBeUndefined();
  expect(await take(BEN, 'acme')).toBeUndefined();
});
