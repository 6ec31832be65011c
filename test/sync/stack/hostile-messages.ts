import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/kit/index.ts';
import { queries } from '../../../src/apps/garden/zero/index.ts';
import { SECRET, token } from '../garden-server.fixture.ts';
import { crudPush } from '../../hostile/crafted-messages.ts';
import { openClient, untilState } from './open-client.ts';
import { openStore } from '../../hostile/open-store.ts';
import type { RawClient, RawOptions } from '../../hostile/raw-client.ts';
import { crafted, openRawClient } from './raw-client.ts';
import type { HostileRows } from './plant-hostile-rows.ts';
import type { SyncedGarden } from './synced-garden.ts';

/** A query that everyone may run. Its answer also marks the end of earlier answers. */
const HARMLESS = { name: 'tags.list', args: [{ limit: 1 }] };
/** Messages and tokens that the real client never sends. */
export function testHostileMessages(garden: () => SyncedGarden, people: () => HostileRows): void {
  let eve: string;
  let eves: RawOptions;
  beforeAll(async () => {
    eve = newId();
    await garden().sql`insert into account values (${eve}, 'Eve', null, now(), now())`;
    eves = { cacheUrl: garden().cacheUrl, token: await token({ sub: eve }), userID: eve };
  });
  const opened = async <Result>(
    options: Partial<RawOptions>,
    act: (client: RawClient) => Promise<Result>,
  ): Promise<Result> => {
    const client = await openRawClient({ ...eves, ...options });
    try {
      return await act(client);
    } finally {
      client.close();
    }
  };
  /** All messages until an error, or until the answers to all queries. */
  const answerTo = (options: Partial<RawOptions>) =>
    opened(options, async (client) => {
      await Promise.race([client.until('pokeEnd', 2), client.until('error')]);
      return { rows: client.rows(), error: client.heard.find(([kind]) => kind === 'error')?.[1] };
    });

  const written = () => garden().sql`
    select (select json_agg(t order by id) from tags t) as tags,
      (select json_agg(p order by id) from packages p) as packages,
      (select json_agg(r order by id) from package_requests r) as requests`;

  describe('client-defined queries are refused', () => {
    test.each(['anonymous', 'signed in'])('%s: give nothing', async (who) => {
      const as = who === 'anonymous' ? { token: undefined, userID: undefined } : {};
      // For an anonymous session, the key must be absent, not undefined.
      const options = { ...eves, ...as, queries: [...crafted, HARMLESS] } as unknown as RawOptions;
      const { rows } = await answerTo(options);
      expect(rows.filter((row) => !row.startsWith('tags '))).toEqual([]);
      expect(rows).toHaveLength(1);
    });

    test('also later in a connection, or combined with a name', async () => {
      const later = await opened({ queries: [HARMLESS] }, async (client) => {
        await client.until('pokeEnd', 2);
        const before = client.heard.length;
        const patch = crafted.map((query, at) => ({ op: 'put', hash: `later${at}`, ...query }));
        client.send(['changeDesiredQueries', { desiredQueriesPatch: patch }]);
        await client.until('pokeEnd', 4);
        return [before, client.rows(), JSON.stringify(client.heard)] as const;
      });
      expect(later[1]).toHaveLength(1);
      expect(later[2]).toContain(`"later${crafted.length - 1}"`);
      const unknown = await answerTo({
        queries: [{ ast: { schema: 'zero_0', table: 'clients' } }],
      });
      expect(unknown.rows).toEqual([]);
      expect(unknown.error?.['message']).toContain("'clients' is not one of");
      const both = await answerTo({ queries: [{ ...HARMLESS, ast: { table: 'packages' } }] });
      expect(both.rows).toEqual([]);
      expect(both.error?.['message']).toContain('Cannot provide name or args with ast');
    });

    test("forged names and arguments return an error, or only the user's own rows", async () => {
      const { ann, ben } = people();
      const [foreign] = await garden()
        .sql`select id from package_requests where requested_by = ${ben}`;
      const forged = [
        ...[
          '__proto__',
          'constructor',
          'toString',
          'packages',
          'packages.__proto__.x',
          '',
          '.',
          'hostile.~',
        ].map((name) => ({ name, args: [] })),
        { name: 'requests.mine', args: [{ sub: ann }] },
        { name: 'requests.mine', args: [{}, { sub: ann, roles: ['admin'] }] },
        { name: 'requests.mine', args: [{ after: { id: ben, value: { $gt: 0 } } }] },
        { name: 'requests.page', args: [{ id: foreign?.['id'] }] },
        { name: 'requests.page', args: [{ id: { '!=': '' } }] },
        { name: 'requests.page', args: [null] },
        { name: 'requests.queue', args: [{ limit: 1e9 }] },
        { name: 'requests.queue', args: [{ roles: ['admin'] }] },
        { name: 'profile.mine', args: [{ sub: ann }] },
        { name: 'packages.search', args: [{ text: `%' or 1=1 --` }] },
        { name: 'packages.deleted', args: [{}] },
      ];
      const { rows } = await answerTo({ queries: forged });
      // profile.mine accepts no arguments and ignores them: it returns Eve's profile.
      expect(rows.filter((row) => !row.includes(eve))).toEqual([]);
    });
  });

  test('a cursor of the wrong type does not end other queries', async () => {
    const id = newId();
    const wrong = [
      { name: 'packages.search', args: [{ after: { id, value: 5 } }] },
      { name: 'packages.search', args: [{ sort: 'newest', after: { id, value: 'abc' } }] },
      { name: 'requests.mine', args: [{ after: { id, value: 'abc' } }] },
    ];
    const { rows, error } = await answerTo({ queries: [...wrong, HARMLESS] });
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(1);
  });

  describe('other messages of the protocol', () => {
    test('a client cannot choose the server of queries and mutations', async () => {
      const called: string[] = [];
      const evil = createServer((request, response) => {
        called.push(String(request.url));
        response.end('[]');
      }).listen(0, '127.0.0.1');
      await once(evil, 'listening');
      const url = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
      try {
        const first = { userQueryURL: `${url}query`, userPushURL: `${url}mutate` };
        const { rows, error } = await answerTo({ queries: [HARMLESS], first });
        expect(rows).toEqual([]);
        expect(error?.['message']).toMatch(/not allowed/);
        expect(called).toEqual([]);
      } finally {
        evil.close();
      }
    });

    test('the inspector requires its password', () =>
      opened({ queries: [HARMLESS] }, async (client) => {
        await client.until('pokeEnd', 2);
        const options = { syncedRows: true, vendedRows: true };
        client.send(['inspect', { op: 'authenticate', id: '1', value: '' }]);
        client.send([
          'inspect',
          { op: 'analyze-query', id: '2', ast: { table: 'packages' }, options },
        ]);
        client.send(['inspect', { op: 'queries', id: '3' }]);
        await client.until('inspect', 3);
        const told = client.heard
          .filter(([kind]) => kind === 'inspect')
          .map(([, { value }]) => value);
        expect(told).toEqual([false, false, false]);
      }));

    test.each(['anonymous', 'signed in'])(
      '%s: rows are not written past the mutators',
      async (who) => {
        const as = who === 'anonymous' ? { token: undefined, userID: undefined } : {};
        const before = await written();
        const id = newId();
        const { package: packages, request } = people();
        for (const op of [
          {
            op: 'insert',
            tableName: 'tags',
            value: { id, name: id, slug: id, created_at: 1, updated_at: 1 },
          },
          { op: 'update', tableName: 'packages', value: { id: packages.alive, description: id } },
          { op: 'delete', tableName: 'package_requests', value: { id: request.ann } },
        ]) {
          await opened({ ...as, queries: [HARMLESS] } as never, async (client) => {
            await client.until('pokeEnd', 2);
            client.send(crudPush(client, { ...op, primaryKey: ['id'] }));
            // Either refused with an error, or acknowledged without an effect.
            await Promise.race([client.until('error'), client.until('pokeEnd', 3)]);
          });
        }
        expect(await written()).toEqual(before);
      },
    );
  });

  describe('sessions of other users', () => {
    test('a token is valid only for its own subject', async () => {
      const { ann } = people();
      for (const options of [{ userID: ann }, { userID: '' }]) {
        const { rows, error } = await answerTo({ ...options, queries: [HARMLESS] });
        expect([rows, error?.['kind']]).toEqual([[], 'Unauthorized']);
      }
      const none = { ...eves, userID: ann, queries: [HARMLESS] };
      const { token: _, ...nobody } = none;
      const heard = await opened({ ...nobody, token: undefined } as never, async (client) => {
        await client.until('error');
        return client.rows();
      });
      expect(heard).toEqual([]);
    });

    test('a client group belongs to one user', async () => {
      const { ann } = people();
      const hers = { token: await token({ sub: ann }), userID: ann };
      await opened(
        { ...hers, queries: [{ name: 'requests.mine', args: [{}] }] },
        async (client) => {
          await client.until('pokeEnd', 2);
          expect(client.rows().join()).toContain(ann);
          const { clientGroupID } = client;
          for (const userID of [eve, ann]) {
            const { rows, error } = await answerTo({ clientGroupID, userID });
            expect([rows, error?.['kind']]).toEqual([[], 'Unauthorized']);
          }
        },
      );
    });

    const secret = new TextEncoder().encode(SECRET);
    test.each<readonly [string, (sub: string) => Promise<string> | string]>([
      ['expired', (sub) => token({ sub }, { expires: '-1m' })],
      ['of another key', (sub) => token({ sub }, { key: new Uint8Array(32).fill(1) })],
      ['for another service', (sub) => token({ sub }, { audience: 'kitchen' })],
      ['unsigned', (sub) => new UnsecuredJWT({ sub, aud: 'garden', exp: 4e9 }).encode()],
      ['with its signature cut off', async (sub) => (await token({ sub })).replace(/[^.]+$/, '')],
      [
        'of another user, with its own signature',
        async (sub) => {
          const [head, , signature] = (await token({ sub: eve })).split('.');
          const body = { sub, aud: 'garden', exp: 4e9 };
          return [head, Buffer.from(JSON.stringify(body)).toString('base64url'), signature].join(
            '.',
          );
        },
      ],
      [
        'without an end',
        (sub) =>
          new SignJWT({ aud: 'garden' })
            .setProtectedHeader({ alg: 'HS256' })
            .setSubject(sub)
            .sign(secret),
      ],
      ['no token at all', () => 'x'],
    ])('a token that is %s: the client must sign in, and gets no rows', async (_, make) => {
      const { ann } = people();
      const store = openStore();
      const as = { sub: ann, roles: [] };
      const zero = await openClient({
        cacheUrl: garden().cacheUrl,
        as,
        token: await make(ann),
        store,
      });
      try {
        zero.materialize(queries.requests.mine({}));
        zero.materialize(queries.tags.list({}));
        expect(await untilState(zero, 'needs-auth', 'error')).toBe('needs-auth');
        expect([...store.rows()]).toEqual([]);
      } finally {
        await zero.close();
      }
    });
  });
}
