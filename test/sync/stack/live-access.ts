import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/kit/index.ts';
import { queries } from '../../../src/apps/garden/zero/index.ts';
import { rules } from '../../../src/apps/garden/zero/zero-rules.gen.ts';
import { token } from '../garden-server.fixture.ts';
import { crudPush } from '../../hostile/crafted-messages.ts';
import { openClient, untilState } from './open-client.ts';
import type { HostileRows } from './plant-hostile-rows.ts';
import type { RawClient, RawOptions } from '../../hostile/raw-client.ts';
import { crafted, openRawClient } from './raw-client.ts';
import { PATIENT, type SyncedGarden } from './synced-garden.ts';

const DELETED = { name: 'packages.deleted', args: [{}] };
const QUEUE = { name: 'requests.queue', args: [{ status: 'all' }] };
const MINE = { name: 'requests.mine', args: [{}] };
const OWN = { name: 'profile.mine', args: [] };

/** `bearer` tolerates 5 s of clock skew: such a token is accepted for two more seconds. */
const SOON = '-3s';

/** Tokens, roles and rules that change during a connection. zero-cache revalidates them each second. */
export function testLiveAccess(garden: () => SyncedGarden, people: () => HostileRows): void {
  const open: RawClient[] = [];
  afterAll(() => {
    garden().answerWith();
    for (const client of open.splice(0)) client.close();
  });
  const connect = async (
    roles: readonly string[],
    { expires = '5m', ...options }: Partial<RawOptions> & { readonly expires?: string } = {},
  ): Promise<RawClient> => {
    const { ann } = people();
    const client = await openRawClient({
      cacheUrl: garden().cacheUrl,
      userID: ann,
      token: await token({ sub: ann, roles }, { expires }),
      queries: [DELETED, QUEUE, MINE],
      ...options,
    });
    open.push(client);
    // A new group first receives its acknowledgement, and then its rows.
    await client.until('pokeEnd', options.clientGroupID === undefined ? 2 : 1);
    return client;
  };
  const visible = (client: RawClient): readonly number[] =>
    ['packages', 'package_requests'].map((table) => client.held(table).length);

  // Concurrent tests need their own `expect`: the global one only knows the last test.
  describe.concurrent('a token that expires', () => {
    test('ends the connection: the endpoint answers 401, and no further row arrives', async ({
      expect,
    }) => {
      const { ann } = people();
      const statuses: number[] = [];
      const { handler } = garden().serverWith({});
      garden().answerWith(async (request) => {
        const response = await handler(request);
        statuses.push(response.status);
        return response;
      });
      const zero = await openClient({
        cacheUrl: garden().cacheUrl,
        as: { sub: ann, roles: [] },
        token: await token({ sub: ann }, { expires: SOON }),
      });
      try {
        zero.materialize(queries.profile.mine());
        await zero.run(queries.profile.mine(), { type: 'complete' });
        const raw = await connect([], { expires: SOON, queries: [OWN] });
        expect(statuses).not.toContain(401);
        expect(await untilState(zero, 'needs-auth', 'error')).toBe('needs-auth');
        await raw.ended;
        expect(statuses).toContain(401);
        const name = `Ann ${newId()}`;
        await garden().sql`update account set name = ${name} where id = ${ann}`;
        const other = await connect([], { queries: [OWN] });
        await expect.poll(() => JSON.stringify(other.heard), PATIENT).toContain(name);
        expect(JSON.stringify(raw.heard)).not.toContain(name);
        const account = await zero.run(queries.profile.mine());
        expect(account?.name).not.toBe(name);
      } finally {
        await garden().sql`update account set name = 'Ann' where id = ${ann}`;
        await zero.close();
      }
    });

    test('gives nothing to a client that keeps sending', async ({ expect }) => {
      const client = await connect([], { expires: SOON, queries: [OWN] });
      const before = client.rows().length;
      const until = Date.now() + 3500;
      const id = newId();
      const write = { op: 'insert', tableName: 'tags', value: { id, name: id, slug: id } };
      for (let turn = 0; Date.now() < until; turn += 1) {
        const desiredQueriesPatch = crafted.map((query, at) => ({
          op: 'put',
          hash: `late${turn}-${at}`,
          ...query,
        }));
        client.send(['changeDesiredQueries', { desiredQueriesPatch }]);
        client.send(crudPush(client, { ...write, primaryKey: ['id'] }));
        await sleep(250);
      }
      await client.ended;
      expect(client.rows().slice(before)).toEqual([]);
      expect(await garden().sql`select from tags where id = ${id}`).toEqual([]);
    });
  });

  describe.concurrent('two tabs of one user in one client group', () => {
    test('a tab of an admin extends what the other tab sees only briefly', async ({ expect }) => {
      const first = await connect([]);
      const narrow = visible(first);
      const second = await connect(['admin'], { clientGroupID: first.clientGroupID });
      // A client group shares one result: the rules of the second tab apply to the first.
      await expect.poll(() => first.rows().join(), PATIENT).toContain('deleted-');
      await expect.poll(() => visible(first), PATIENT).toEqual(narrow);
      await sleep(1500);
      expect([visible(first), visible(second)]).toEqual([narrow, narrow]);
    });

    test('a tab of a user restricts what an admin sees only briefly', async ({ expect }) => {
      const first = await connect(['admin']);
      const wide = visible(first);
      const second = await connect([], { clientGroupID: first.clientGroupID });
      await expect.poll(() => JSON.stringify(first.heard), PATIENT).toContain('"op":"del"');
      await expect.poll(() => visible(first), PATIENT).toEqual(wide);
      second.close();
      await sleep(1500);
      expect(visible(first)).toEqual(wide);
    });

    test("when the admin's token expires, the other tab sees its own rows again", async ({
      expect,
    }) => {
      const admin = await connect(['admin'], { expires: SOON });
      const user = await connect([], { clientGroupID: admin.clientGroupID });
      await admin.ended;
      const alone = await connect([]);
      await expect.poll(() => visible(user), PATIENT).toEqual(visible(alone));
      await sleep(1500);
      expect(visible(user)).toEqual(visible(alone));
    });

    test('crafted queries of both tabs return nothing', async ({ expect }) => {
      const first = await connect([], { queries: [...crafted, OWN] });
      const second = await connect(['admin'], {
        clientGroupID: first.clientGroupID,
        queries: [...crafted, OWN],
      });
      await sleep(1500);
      for (const client of [first, second]) {
        expect(client.rows().filter((row) => !row.includes(people().ann))).toEqual([]);
      }
    });
  });

  test('a narrowed rule removes rows from connected clients', async () => {
    const client = await connect([]);
    expect(client.held('package_requests').length).toBeGreaterThan(0);
    const tables = Object.fromEntries(
      Object.entries(rules.tables).map(([name, table]) => [
        name,
        table.table === 'package_requests' ? { ...table, read: { op: 'nobody' as const } } : table,
      ]),
    );
    const narrowed = { ...rules, tables };
    garden().answerWith(garden().serverWith({ rules: narrowed }).handler);
    await expect.poll(() => client.held('package_requests'), PATIENT).toEqual([]);
  });
}
