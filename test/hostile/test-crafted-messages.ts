import { expect, test } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import { token } from '../sync/garden-server.fixture.ts';
import { allowedRows, readDatabase } from './allowed-rows.ts';
import { craftedQueries, crudPush } from './crafted-messages.ts';
import type { HostileStack } from './hostile-stack.ts';
import { openRawClient, type RawClient, type RawOptions } from './raw-client.ts';

/** Messages to zero-cache that the real client never sends. */
export function testCraftedMessages(stack: () => HostileStack): void {
  const tables = () => Object.values(stack().app.schema.tables);
  /** A query that may run, of the first table. Its answer marks the end of earlier answers. */
  const marker = () => ({ name: `hostile.all_${tables()[0]?.name}`, args: [] });

  const withClient = async (
    queries: readonly object[],
    who: string,
    act: (client: RawClient) => Promise<void>,
  ): Promise<void> => {
    const { app, synced, planted } = stack();
    const claims = planted.principals[who] ?? {};
    const sub = claims['sub'];
    const options = {
      cacheUrl: synced.cacheUrl,
      queries,
      ...(typeof sub === 'string' && {
        userID: sub,
        token: await token({ ...claims }, { audience: app.name }),
      }),
    } satisfies RawOptions;
    const client = await openRawClient(app.schema, options);
    try {
      await act(client);
    } finally {
      client.close();
    }
  };

  test('client-defined queries return nothing', async () => {
    const { app, synced, planted } = stack();
    const db = await readDatabase(synced.sql, app.schema);
    const crafted = craftedQueries(app.schema);
    expect(crafted.length).toBeGreaterThan(tables().length * 2);
    for (const [who, claims] of Object.entries(planted.principals)) {
      const [first] = tables();
      const allowed = allowedRows(app.schema, app.rules, claims, db).get(first?.name ?? '');
      await withClient([...crafted, marker()], who, async (client) => {
        await Promise.race([client.until('pokeEnd', 2), client.until('error')]);
        const rows = client.rows().map((row) => row.split(' ', 1)[0]);
        expect(rows.filter((table) => table !== (first?.serverName ?? first?.name))).toEqual([]);
        expect(rows.length).toBe(allowed?.size ?? 0);
      });
    }
  });

  test('rows are not written past the mutators', async () => {
    const { app, synced, planted } = stack();
    const before = await readDatabase(synced.sql, app.schema);
    const ops = tables().flatMap(({ name, serverName }) => {
      const tableName = serverName ?? name;
      const [row] = before[tableName] ?? [];
      if (!row) return [];
      return [
        { op: 'insert', tableName, value: { ...row, id: newId() } },
        { op: 'update', tableName, value: row },
        { op: 'delete', tableName, value: { id: row['id'] } },
      ];
    });
    const principals = Object.keys(planted.principals);
    for (const [at, op] of ops.entries()) {
      // In turn, because zero-cache keeps the views of each of these clients for a while.
      await withClient([marker()], principals[at % principals.length] ?? '', async (client) => {
        await client.until('pokeEnd', 2);
        client.send(crudPush(client, { ...op, primaryKey: ['id'] }));
        // Either refused with an error, or acknowledged without an effect.
        await Promise.race([client.until('error'), client.until('pokeEnd', 3)]);
      });
    }
    expect(await readDatabase(synced.sql, app.schema)).toEqual(before);
  }, 240_000);
}
