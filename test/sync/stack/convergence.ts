import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/kit/index.ts';
import { openWire, type Wire } from '../../../src/processes/wire.fixture.ts';
import { mutators, queries, type Principal } from '../../../src/apps/garden/zero/index.ts';
import { openClient, untilState, type GardenClient } from './open-client.ts';
import { openStore, type OpenStore } from '../../hostile/open-store.ts';
import type { HostileRows } from './plant-hostile-rows.ts';
import { PATIENT, type SyncedGarden } from './synced-garden.ts';

/** Writes of users reach each other, or are rolled back. */
export function testConvergence(garden: () => SyncedGarden, rows: () => HostileRows): void {
  let wire: Wire;
  let admin: GardenClient;
  let ann: GardenClient;
  let annsStore: OpenStore;
  beforeAll(async () => {
    wire = await openWire(garden().cacheUrl);
    annsStore = openStore();
    const boss: Principal = { sub: rows().admin, roles: ['admin'] };
    admin = await openClient({ cacheUrl: garden().cacheUrl, as: boss });
    const as: Principal = { sub: rows().ann, roles: [] };
    ann = await openClient({ cacheUrl: wire.url, as, store: annsStore });
  });
  afterAll(async () => {
    await Promise.all([admin?.close(), ann?.close()]);
    await wire?.[Symbol.asyncDispose]();
  });

  const tagsOf = async (client: GardenClient): Promise<readonly string[]> => {
    const found = await client.run(queries.packages.page({ registry: 'npm', name: 'alive-4' }));
    return (
      found?.tagAssignments.map(({ tag, creator }) => `${tag?.name} by ${creator?.name}`) ?? []
    );
  };
  const watch = (client: GardenClient): void =>
    void client.materialize(queries.packages.page({ registry: 'npm', name: 'alive-4' }));
  const at = Date.now();

  test("each user sees the other's change", async () => {
    for (const client of [admin, ann]) {
      watch(client);
      await client.run(queries.tags.list({}), { type: 'complete' });
      client.materialize(queries.tags.list({}));
    }
    const tagId = newId();
    const made = admin.mutate(mutators.tags.create({ id: tagId, name: 'New', slug: 'new', at }));
    // Visible at once, before the server has received it.
    await made.client;
    expect((await admin.run(queries.tags.list({ text: 'New' }))).map(({ id }) => id)).toEqual([
      tagId,
    ]);
    expect((await made.server).type).toBe('success');
    await expect.poll(() => ann.run(queries.tags.list({ text: 'New' })), PATIENT).toHaveLength(1);
    const [target] = await ann.run(queries.packages.search({ text: 'alive-4' }), {
      type: 'complete',
    });
    const packageId = target?.id ?? '';
    const mine = ann.mutate(mutators.tags.assign({ id: newId(), packageId, tagId, at }));
    expect((await mine.server).type).toBe('success');
    await expect.poll(() => tagsOf(admin), PATIENT).toContain('New by Ann');
    admin.mutate(mutators.tags.remove({ id: tagId, at: Date.now() }));
    // When the tag disappears, so do its assignments.
    await expect.poll(() => tagsOf(ann), PATIENT).not.toContain('New by Ann');
  });

  test('offline writes are sent, and writes of others arrive', async () => {
    ann.materialize(queries.requests.mine({}));
    ann.materialize(queries.profile.mine());
    await ann.run(queries.requests.mine({}), { type: 'complete' });
    await ann.run(queries.profile.mine(), { type: 'complete' });
    wire.cut();
    await untilState(ann, 'connecting', 'disconnected');
    const newRequest = {
      id: newId(),
      packageName: 'offline',
      registry: 'npm',
      at: Date.now(),
    } as const;
    const sent = [
      ann.mutate(mutators.requests.create(newRequest)),
      ann.mutate(mutators.requests.cancel({ id: newRequest.id, at: Date.now() })),
      ann.mutate(mutators.profile.save({ name: 'Ann offline', at: Date.now() })),
    ];
    // Offline, the client sees its own writes, but not those of others.
    for (const { client } of sent) expect(await client).toMatchObject({ type: 'success' });
    const status = async () =>
      (await ann.run(queries.requests.mine({}))).find(({ id }) => id === newRequest.id)?.status;
    expect(await status()).toBe('cancelled');
    const tag = { id: newId(), name: 'Meanwhile', slug: 'meanwhile', at: Date.now() };
    await admin.mutate(mutators.tags.create(tag)).server;
    expect(await ann.run(queries.tags.list({ text: 'Meanwhile' }))).toEqual([]);
    expect(await garden().sql`select id from package_requests where id = ${newRequest.id}`).toEqual(
      [],
    );

    wire.mend();
    for (const { server } of sent) expect(await server).toMatchObject({ type: 'success' });
    await expect
      .poll(() => ann.run(queries.tags.list({ text: 'Meanwhile' })), PATIENT)
      .toHaveLength(1);
    expect(await status()).toBe('cancelled');
    const [there] = await garden().sql`
      select r.status, a.name from package_requests r join account a on a.id = r.requested_by
      where r.id = ${newRequest.id}`;
    expect(there).toEqual({ status: 'cancelled', name: 'Ann offline' });
    await expect
      .poll(async () =>
        (await admin.run(queries.requests.queue({ status: 'all' }), { type: 'complete' })).map(
          (one) => one.requester?.name,
        ),
      )
      .toContain('Ann offline');
  });

  test('a denied write is visible at first, and then rolled back with the reason', async () => {
    const tag = { id: newId(), name: 'Not mine to make', slug: 'not-mine', at: Date.now() };
    const written = ann.mutate(mutators.tags.create(tag));
    expect((await written.client).type).toBe('success');
    const seen = () => ann.run(queries.tags.list({ text: 'Not mine' }));
    expect(await seen()).toHaveLength(1);
    expect(await written.server).toMatchObject({
      type: 'error',
      error: {
        type: 'app',
        message: 'denied: tags.insert, by the rule insert.',
        details: { code: 'access/denied', table: 'tags', operation: 'insert', rule: 'insert' },
      },
    });
    await expect.poll(seen, PATIENT).toEqual([]);
    expect(await garden().sql`select id from tags where id = ${tag.id}`).toEqual([]);

    // A row of another user, an immutable column, and an invisible row.
    const { ben, request, package: packages } = rows();
    const name = 'Eve was here';
    const foreign = { type: 'error', error: { details: { code: 'access/denied' } } };
    for (const attempt of [
      mutators.rows.account.update({ id: ben, name }),
      mutators.rows.packages.update({ id: packages.alive, description: name }),
      mutators.rows.packageTags.insert({
        id: newId(),
        packageId: packages.alive,
        tagId: newId(),
        createdBy: ben,
        createdAt: at,
      }),
    ]) {
      expect(await ann.mutate(attempt as never).server).toMatchObject(foreign);
    }
    // A write to an unreadable row behaves as if the row did not exist: no effect, no error.
    const bens = ann.mutate(mutators.requests.cancel({ id: request.ben, at }));
    expect((await bens.server).type).toBe('success');
    const hidden = ann.mutate(
      mutators.rows.packages.update({ id: packages.deleted, description: name }),
    );
    expect((await hidden.server).type).toBe('success');
    const [left] = await garden().sql`
      select (select name from account where id = ${ben}) as name,
        (select status from package_requests where id = ${request.ben}) as status,
        (select count(*)::int from packages where description = ${name}) as described`;
    expect(left).toEqual({ name: 'Ben', status: 'pending', described: 0 });
  });

  test('a refused request disappears, with the reason', async () => {
    const newRequest = (packageName: string) =>
      ({ id: newId(), packageName, registry: 'npm', at: Date.now() }) as const;
    const again = ann.mutate(mutators.requests.create(newRequest('secret-request')));
    expect(await again.server).toMatchObject({
      type: 'error',
      error: {
        message: 'refused: this package is already queued or being fetched.',
        details: { code: 'requests/active' },
      },
    });
    await expect
      .poll(async () => (await ann.run(queries.requests.mine({}))).map((one) => one.packageName))
      .not.toContain('secret-request');
  });
}
