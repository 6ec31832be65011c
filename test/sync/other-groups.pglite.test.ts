import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import type { ServerOptions, SyncServer } from '../../src/server.ts';
import type { schema } from '../../src/apps/garden/zero/index.ts';
import {
  Client,
  gardenServer,
  mutate,
  post,
  token,
  type GardenServer,
} from './garden-server.fixture.ts';

// A caller other than zero-cache that knows the ids of another user's client.

const KEY = 'of zero-cache';
const ann = newId();
let garden: GardenServer;
let annsToken: string;
let client: Client;

beforeAll(async () => {
  garden = await gardenServer();
  annsToken = await token({ sub: ann });
});
beforeEach(async () => {
  await garden.client.exec('truncate account, zero_0.clients, zero_0.mutations cascade');
  await garden.rows("insert into account values ($1, 'Ann', null, now(), now())", [ann]);
  client = new Client();
  vi.spyOn(console, 'error').mockReturnValue();
});
afterAll(() => garden[Symbol.asyncDispose]());

const keyed = (request: Request, key = KEY): Request => {
  request.headers.set('X-Api-Key', key);
  return request;
};
const rename = (name: string) => ({ name: 'profile.save', args: { name, at: Date.now() } });
const named = async (): Promise<unknown> =>
  (await garden.rows('select name from account'))[0]?.['name'];
/** Uses up the client's next mutation id for a mutation without effect. */
const takeNumber = (): Request =>
  post('/mutate', client.push({ name: 'nothing', id: client.last + 1 }));

describe('the API key', () => {
  test.each([undefined, '', ' ', '\t', null, true, 7])('cannot be %j', (apiKey) => {
    const make = (): SyncServer =>
      garden.with({ apiKey } as unknown as Partial<ServerOptions<typeof schema, never>>);
    expect(make).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'server/api-key' }) }),
    );
  });

  test('refuses a caller that knows the ids of another client', async () => {
    const server = garden.with({ apiKey: KEY });
    for (const request of [takeNumber(), keyed(takeNumber(), ''), keyed(takeNumber(), `${KEY}x`)]) {
      expect((await server.mutate(request)).status).toBe(403);
    }
    const push = post('/mutate', client.push(rename('Anna')), annsToken);
    expect(await (await server.mutate(keyed(push))).json()).toMatchObject({
      mutations: [{ result: {} }],
    });
    expect(await named()).toBe('Anna');
  });

  // The reason for the key: only zero-cache knows which client may send which mutation id.
  test('disabled, lets such a caller make a mutation of that client disappear', async () => {
    const server = garden.with({ apiKey: false });
    expect((await server.mutate(takeNumber())).status).toBe(200);
    const push = client.push(rename('Anna'));
    const response = await server.mutate(post('/mutate', push, annsToken));
    expect(await response.json()).toMatchObject({
      mutations: [{ result: { error: 'alreadyProcessed' } }],
    });
    expect(await named()).toBe('Ann');
  });
});

describe('a cleanup of results', () => {
  const results = () => garden.rows('select "clientGroupID" from zero_0.mutations');
  const cleanup = (group: string, own: object) => ({
    ...client.push({
      name: '_zero_cleanupResults',
      id: 0,
      args: { clientGroupID: group, ...own },
    }),
  });
  const victim = new Client();
  beforeEach(async () => {
    for (const one of [victim, client]) {
      one.last = 0;
      await mutate(garden.server, one, { name: 'nothing' }, annsToken);
    }
  });
  const single = { clientID: victim.id, upToMutationID: 9 };
  const bulk = { type: 'bulk', clientIDs: [victim.id] };

  test.each([single, bulk])('of another client group is refused: %j', async (own) => {
    expect(await results()).toHaveLength(2);
    const body = cleanup(victim.group, own);
    const response = await garden.server.mutate(post('/mutate', body, annsToken));
    expect(response.status).toBe(400);
    expect(await results()).toHaveLength(2);
    const mixed = client.push(rename('Anna'));
    const mutations = Reflect.get(mixed, 'mutations').concat(Reflect.get(body, 'mutations'));
    const both = await garden.server.mutate(post('/mutate', { ...mixed, mutations }, annsToken));
    expect(both.status).toBe(400);
    // The whole message is refused before any part of it runs.
    expect(await named()).toBe('Ann');
  });

  test('of the same group is performed', async () => {
    const body = cleanup(client.group, { clientID: client.id, upToMutationID: 1 });
    expect((await garden.server.mutate(post('/mutate', body, annsToken))).status).toBe(200);
    expect(await results()).toEqual([{ clientGroupID: victim.group }]);
  });
});
