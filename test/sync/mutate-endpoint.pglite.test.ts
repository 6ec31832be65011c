import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import {
  Client,
  gardenServer,
  mutate,
  post,
  token,
  type Answer,
  type GardenServer,
} from './garden-server.fixture.ts';

let garden: GardenServer;
let tokens: Readonly<Record<'ann' | 'ben' | 'admin', string>>;
const [ann, ben, admin] = [newId(), newId(), newId()];
let client: Client;
const at = Date.now();

beforeAll(async () => {
  garden = await gardenServer();
  tokens = {
    ann: await token({ sub: ann }),
    ben: await token({ sub: ben }),
    admin: await token({ sub: admin, roles: ['admin'] }),
  };
});
beforeEach(async () => {
  await garden.client.exec(
    'truncate account, packages, tags, zero_0.clients, zero_0.mutations cascade',
  );
  client = new Client();
  for (const [id, name] of [
    [ann, 'Ann'],
    [ben, 'Ben'],
    [admin, 'Admin'],
  ]) {
    await garden.rows('insert into account values ($1, $2, null, now(), now())', [id, name]);
  }
  garden.errors.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => garden[Symbol.asyncDispose]());

const send = (name: string, args: unknown, bearer?: string): Promise<Answer> =>
  mutate(garden.server, client, { name, args }, bearer);

async function planted(): Promise<{ readonly packageId: string; readonly tagId: string }> {
  const [packageId, tagId] = [newId(), newId()];
  await garden.rows(
    "insert into packages (id, name, registry, created_at, updated_at) values ($1, 'react', 'npm', now(), now())",
    [packageId],
  );
  await garden.rows(
    "insert into tags (id, name, slug, created_at, updated_at) values ($1, 'UI', 'ui', now(), now())",
    [tagId],
  );
  return { packageId, tagId };
}

describe('allowed writes', () => {
  test('a tag is assigned and withdrawn', async () => {
    const id = newId();
    const ends = await planted();
    expect(await send('tags.assign', { id, ...ends, at }, tokens.ann)).toEqual({});
    expect(await garden.rows('select created_by from package_tags')).toEqual([{ created_by: ann }]);
    expect(await send('tags.withdraw', { id }, tokens.ann)).toEqual({});
    expect(await garden.rows('select from package_tags')).toEqual([]);
  });

  test('a profile is created, and then changed', async () => {
    const eve = newId();
    const bearer = await token({ sub: eve });
    expect(await send('profile.save', { name: 'Eve', at }, bearer)).toEqual({});
    expect(await send('profile.save', { name: 'Eva', at: at + 1 }, bearer)).toEqual({});
    const [row] = await garden.rows('select * from account where id = $1', [eve]);
    expect(row).toMatchObject({ name: 'Eva', created_at: new Date(at) });
  });

  test('admins manage, soft-delete and restore tags', async () => {
    const { packageId } = await planted();
    const id = newId();
    const tag = { id, name: 'Database', slug: 'database', color: '#aabbcc', at };
    expect(await send('tags.create', tag, tokens.admin)).toEqual({});
    expect(await send('tags.update', { id, color: null, at }, tokens.admin)).toEqual({});
    expect(await send('tags.remove', { id, at }, tokens.admin)).toEqual({});
    expect(await send('packages.remove', { id: packageId, at }, tokens.admin)).toEqual({});
    const deleted = { deleted_by: admin, deleted_at: new Date(at) };
    expect(await garden.rows('select * from tags where id = $1', [id])).toMatchObject([
      { color: null, ...deleted },
    ]);
    expect(await garden.rows('select * from packages')).toMatchObject([deleted]);
    expect(await send('packages.restore', { id: packageId, at }, tokens.admin)).toEqual({});
    expect(await garden.rows('select * from packages')).toMatchObject([
      { deleted_by: null, deleted_at: null },
    ]);
  });

  test('take two more statements per write, and one per mutation', async () => {
    const { packageId } = await planted();
    await send('packages.remove', { id: packageId, at }, tokens.admin);
    garden.statements.length = 0;
    await send('packages.restore', { id: packageId, at }, tokens.admin);
    expect(garden.statements.map((sql) => sql.trim().split(' ')[0])).toEqual([
      'INSERT',
      'select',
      'select',
      'UPDATE',
      'select',
    ]);
    expect(garden.statements[1]).toContain('set_config');
  });
});

describe('refused writes change nothing, and give a reason', () => {
  const nobodys = { error: 'app', details: { code: 'access/denied' } };

  test.each(['ann', 'ben', undefined] as const)('%s manages no tags', async (who) => {
    const { tagId, packageId } = await planted();
    const bearer = who && tokens[who];
    const tag = { id: newId(), name: 'x', slug: 'x', at };
    expect(await send('tags.create', tag, bearer)).toMatchObject({
      ...nobodys,
      message: 'denied: tags.insert, by the rule insert.',
    });
    expect(await send('tags.update', { id: tagId, name: 'y', at }, bearer)).toMatchObject({
      ...nobodys,
      message: 'denied: tags.update, by the rule update.from.',
    });
    expect(await send('packages.remove', { id: packageId, at }, bearer)).toMatchObject(nobodys);
    expect(await garden.rows('select name, deleted_at from tags')).toEqual([
      { name: 'UI', deleted_at: null },
    ]);
    expect(await garden.rows('select deleted_at from packages')).toEqual([{ deleted_at: null }]);
  });

  test("nobody writes in another user's name, not even with the generated mutators", async () => {
    const ends = await planted();
    const row = { id: newId(), ...ends, createdBy: ben, createdAt: at };
    expect(await send('rows.packageTags.insert', row, tokens.ann)).toMatchObject(nobodys);
    const account = { id: ben, name: 'Eve' };
    expect(await send('rows.account.update', account, tokens.ann)).toMatchObject(nobodys);
    expect(await send('rows.account.delete', { id: ann }, tokens.ann)).toMatchObject(nobodys);
    const mine = { id: ann, createdAt: 1 };
    expect(await send('rows.account.update', mine, tokens.ann)).toMatchObject({
      message: 'denied: account.update, by immutable created_at.',
    });
    expect(garden.errors).toEqual([]);
  });

  test('the error names a violated constraint without values', async () => {
    await planted();
    const tag = { id: newId(), name: 'Other', slug: 'ui', at };
    const refused = await send('tags.create', tag, tokens.admin);
    expect(refused).toEqual({
      error: 'app',
      message: 'refused: the constraint tags_slug_unique is violated.',
      details: { code: 'sync/constraint', constraint: 'tags_slug_unique' },
    });
  });

  test('the refusal is stored for the client, and the next mutation runs', async () => {
    await send('tags.create', { id: newId(), name: 'x', slug: 'x', at }, tokens.ann);
    const [kept] = await garden.rows(
      'select "mutationID"::int as id, result from zero_0.mutations',
    );
    expect(kept).toMatchObject({ id: 1, result: { error: 'app' } });
    expect(await send('profile.save', { name: 'A', at }, tokens.ann)).toEqual({});
    expect(await garden.rows('select "lastMutationID"::int as last from zero_0.clients')).toEqual([
      { last: 2 },
    ]);
  });
});

describe('requests', () => {
  const newRequest = (packageName: string) => ({ id: newId(), packageName, registry: 'npm', at });

  test('are queued once per package', async () => {
    expect(await send('requests.create', newRequest('react'), tokens.ann)).toEqual({});
    expect(await send('requests.create', newRequest('react'), tokens.ben)).toMatchObject({
      message: 'refused: this package is already queued or being fetched.',
      details: { code: 'requests/active' },
    });
    expect(await garden.rows('select requested_by, status from package_requests')).toEqual([
      { requested_by: ann, status: 'pending' },
    ]);
  });

  test('are refused for an hour after a success', async () => {
    const { packageId } = await planted();
    const fetched = (ago: string) =>
      garden.rows(`update packages set last_fetch_success = now() - $2::interval where id = $1`, [
        packageId,
        ago,
      ]);
    await fetched('59 minutes');
    const refused = await send('requests.create', newRequest('react'), tokens.ann);
    expect(refused.details).toMatchObject({ code: 'requests/fresh' });
    expect(Number(refused.details?.['retryAt'])).toBeGreaterThan(Date.now());
    expect(Number(refused.details?.['retryAt'])).toBeLessThan(Date.now() + 70_000);
    await fetched('61 minutes');
    expect(await send('requests.create', newRequest('react'), tokens.ann)).toEqual({});
  });

  test('are limited per user', async () => {
    for (let count = 0; count < 20; count += 1) {
      expect(await send('requests.create', newRequest(`p${count}`), tokens.ann)).toEqual({});
    }
    const refused = await send('requests.create', newRequest('one-more'), tokens.ann);
    expect(refused.details).toMatchObject({ code: 'requests/limited' });
    expect(await send('requests.create', newRequest('one-more'), tokens.ben)).toEqual({});
  });

  test('raise the priority of a pending request even though they are refused', async () => {
    const waiting = newId();
    await garden.rows(
      `insert into package_requests (id, package_name, registry, is_auto_queued, depth, priority,
         status, attempt_count, run_at, created_at, updated_at)
       values ($1, 'react', 'npm', true, 0, 10, 'pending', 0, now(), now(), now())`,
      [waiting],
    );
    const refused = { error: 'app', details: { code: 'requests/active' } };
    expect(await send('requests.create', newRequest('react'), tokens.ann)).toMatchObject(refused);
    expect(await garden.rows('select id, priority from package_requests')).toEqual([
      { id: waiting, priority: 50 },
    ]);
    // Zero stores the result of a rolled-back mutation here, and the client reads it.
    expect(await garden.rows('select result from zero_0.mutations')).toEqual([
      { result: expect.objectContaining(refused) },
    ]);
    expect(await send('requests.create', newRequest('zod'), tokens.ann)).toEqual({});
    expect(garden.errors).toEqual([]);
  });

  test('are cancelled by their user while they are pending', async () => {
    const request = newRequest('react');
    await send('requests.create', request, tokens.ann);
    const cancel = (bearer: string) =>
      send('requests.cancel', { id: request.id, at: Date.now() + 1e9 }, bearer);
    // Ben cannot read it, and Zero's update of a missing row does nothing.
    expect(await cancel(tokens.ben)).toEqual({});
    expect(await garden.rows('select status from package_requests')).toEqual([
      { status: 'pending' },
    ]);
    expect(await cancel(tokens.ann)).toEqual({});
    const [row] = await garden.rows('select status, updated_at from package_requests');
    expect(row?.['status']).toBe('cancelled');
    expect(Number(row?.['updated_at'])).toBeLessThanOrEqual(Date.now());
    expect(await cancel(tokens.ann)).toMatchObject({
      message: 'denied: package_requests.update, by the rule update.from.',
    });
    expect(await send('requests.create', newRequest('react'), tokens.ben)).toEqual({});
  });

  test('require a user, and cannot be inserted directly', async () => {
    expect(await send('requests.create', newRequest('react'))).toMatchObject({
      message: 'denied: sign in first.',
    });
    const row = { ...newRequest('react'), requestedBy: ann };
    expect(await send('rows.packageRequests.insert', row, tokens.ann)).toMatchObject({
      details: { code: 'sync/unknown-mutator' },
    });
  });
});

describe('hostile mutations', () => {
  test.each(['tags', 'tags.create.fn', 'constructor', '__proto__.x', '~', 'rows.tags.upsert', ''])(
    'no mutator is named %j',
    async (name) => {
      expect(await send(name, {}, tokens.admin)).toMatchObject({
        details: { code: 'sync/unknown-mutator' },
      });
    },
  );

  test.each([
    ['tags.create', { id: 'x', name: 'x', slug: 'x', at }],
    ['tags.create', { id: newId().toUpperCase(), name: 'x', slug: 'x', at }],
    ['tags.create', { id: newId(), name: ' ', slug: 'x', at }],
    ['tags.create', { id: newId(), name: 'x', slug: 'X', at }],
    ['tags.create', { id: newId(), name: 'x', slug: 'x', at, deletedAt: 1 }],
    ['tags.create', { id: newId(), name: 'x', slug: 'x', at: 1.5 }],
    ['profile.save', { name: 'x', avatarUrl: 'javascript:alert(1)', at }],
    ['rows.tags.update', { id: newId(), nothing: 1 }],
    ['rows.tags.update', { name: 'x' }],
    ['rows.tags.update', { id: newId(), name: 1 }],
    ['rows.tags.update', [{ id: newId() }]],
    ['rows.tags.softDelete', { id: newId(), at: 'now' }],
    ['rows.tags.insert', { id: newId(), name: 'x' }],
    ['rows.tags.delete', { id: newId(), name: 'x' }],
    ['rows.tags.delete', undefined],
  ])('%s refuses %j', async (name, args) => {
    const refused = await send(name, args, tokens.admin);
    expect(refused).toMatchObject({ error: 'app', details: { code: 'sync/arguments' } });
    expect(garden.errors).toEqual([]);
  });

  test("Zero's old CRUD mutations", async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const ops = [{ op: 'delete', tableName: 'account', primaryKey: ['id'], value: { id: ben } }];
    const crud = {
      type: 'crud',
      id: 1,
      clientID: client.id,
      name: '_zero_crud',
      args: [{ ops }],
      timestamp: at,
    };
    const body = { ...client.push(), mutations: [crud] };
    const response = await garden.server.mutate(post('/mutate', body, tokens.ann));
    expect(response.status).toBe(503);
    expect(await garden.rows('select from account')).toHaveLength(3);
  });

  test("another schema for Zero's state", async () => {
    for (const [schema, appID] of [
      ['public', 'zero'],
      ['zero_0"; drop table tags; --', 'zero'],
      ['other_0', 'other'],
      ['zero_', 'zero'],
    ]) {
      const url = `http://api.test/mutate?${new URLSearchParams({ schema: schema ?? '', appID: appID ?? '' })}`;
      const body = JSON.stringify(client.push({ name: 'tags.withdraw', args: { id: newId() } }));
      const response = await garden.server.mutate(new Request(url, { method: 'POST', body }));
      expect(response.status).toBe(400);
    }
  });

  test('an invalid token is refused before any mutation runs', async () => {
    garden.statements.length = 0;
    const expired = await token({ sub: ann }, { expires: '-1m' });
    const response = await garden.server.mutate(post('/mutate', client.push(), expired));
    expect(response.status).toBe(401);
    expect(garden.statements).toEqual([]);
  });

  test('a mutation that has already run does not run again', async () => {
    const args = { name: 'Once', at };
    await mutate(garden.server, client, { name: 'profile.save', args }, tokens.ann);
    const again = { id: 1, name: 'profile.save', args: { name: 'Twice', at } };
    const response = await garden.server.mutate(post('/mutate', client.push(again), tokens.ann));
    expect(await response.json()).toMatchObject({
      mutations: [{ result: { error: 'alreadyProcessed' } }],
    });
    expect(await garden.rows('select name from account where id = $1', [ann])).toEqual([
      { name: 'Once' },
    ]);
  });
});

describe('clocks', () => {
  test("that run ahead are set to the database's time; late ones are kept", async () => {
    const tomorrow = Date.now() + 86_400_000;
    const row = { id: newId(), name: 'x', slug: 'x', createdAt: 1000, updatedAt: tomorrow };
    expect(await send('rows.tags.insert', row, tokens.admin)).toEqual({});
    await send('rows.tags.softDelete', { id: row.id, at: tomorrow }, tokens.admin);
    const [tag] = await garden.rows('select * from tags');
    expect(tag?.['created_at']).toEqual(new Date(1000));
    expect(tag?.['deleted_by']).not.toBeNull();
    for (const column of ['updated_at', 'deleted_at']) {
      const time = Number(tag?.[column]);
      expect(time).toBeLessThanOrEqual(Date.now());
      expect(time).toBeGreaterThan(Date.now() - 60_000);
    }
  });
});
