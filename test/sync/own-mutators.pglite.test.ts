import { ApplicationError, defineMutator, defineMutators } from '@rocicorp/zero';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import type { ServerContext, SyncServer } from '../../src/server.ts';
import { zql } from '../../src/apps/garden/zero/index.ts';
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
let tokens: Readonly<Record<'ann' | 'admin', string>>;
const [ann, admin] = [newId(), newId()];
let client: Client;

beforeAll(async () => {
  garden = await gardenServer();
  tokens = {
    ann: await token({ sub: ann }),
    admin: await token({ sub: admin, roles: ['admin'] }),
  };
});
beforeEach(async () => {
  await garden.client.exec(
    'truncate account, packages, tags, zero_0.clients, zero_0.mutations cascade',
  );
  client = new Client();
  await garden.rows("insert into account values ($1, 'Ann', null, now(), now())", [ann]);
  garden.errors.length = 0;
});
afterAll(() => garden[Symbol.asyncDispose]());

interface Sql {
  execute(sql: string): Promise<unknown>;
}

describe("the application's own mutators", () => {
  const done: string[] = [];
  beforeEach(() => {
    done.length = 0;
  });
  const own = (
    run: (given: { tx: never; ctx: ServerContext; args: never }) => Promise<void>,
  ): SyncServer =>
    garden.with({
      mutators: defineMutators({ own: defineMutator(run as never) } as never) as never,
    });
  const call = (server: SyncServer): Promise<Answer> =>
    mutate(server, client, { name: 'own' }, tokens.ann);
  const rename = (tx: unknown, name: string): Promise<void> =>
    (tx as { mutate: { account: { update(row: object): Promise<void> } } }).mutate.account.update({
      id: ann,
      name,
    });
  const named = async (): Promise<unknown> =>
    (await garden.rows('select name from account where id = $1', [ann]))[0]?.['name'];

  test("that throw are rolled back; only an ApplicationError's message reaches the client", async () => {
    const secret = new Error('password=hunter2');
    for (const [thrown, told] of [
      [secret, { message: 'the server failed.' }],
      [
        new ApplicationError('too late', { details: { code: 'own' } }),
        { message: 'too late', details: { code: 'own' } },
      ],
    ] as const) {
      const server = own(async ({ tx }) => {
        await rename(tx, 'Changed');
        throw thrown;
      });
      expect(await call(server)).toMatchObject({ error: 'app', ...told });
      expect(await named()).toBe('Ann');
    }
    expect(garden.errors).toEqual([secret]);
  });

  test('that call `refuse` keep their writes, and the client gets the error', async () => {
    const error = new ApplicationError('too late', { details: { code: 'own' } });
    const told = { error: 'app', message: 'too late', details: { code: 'own' } };
    const late = own(async ({ tx, ctx }) => {
      ctx.refuse(error);
      ctx.after(() => done.push('after'));
      await rename(tx, 'Kept');
    });
    expect(await call(late)).toEqual(told);
    expect(await named()).toBe('Kept');
    expect(done).toEqual(['after']);
    expect(await garden.rows('select result from zero_0.mutations')).toEqual([{ result: told }]);
    const failing = own(async ({ ctx }) => {
      ctx.refuse(error);
      throw new ApplicationError('no');
    });
    expect(await call(failing)).toMatchObject({ message: 'no' });
    // It applies to one mutation, not to the next one of the same message.
    const both = client.push({ name: 'own' }, { name: 'nothing' });
    const response = await late.mutate(post('/mutate', both, tokens.ann));
    expect(await response.json()).toMatchObject({
      mutations: [{ result: told }, { result: { message: 'there is no mutator "nothing".' } }],
    });
  });

  test('that catch a database error do not commit', async () => {
    const failing: readonly ((given: { tx: never; ctx: ServerContext }) => Promise<unknown>)[] = [
      ({ tx }) => rename(tx, ' '),
      ({ ctx }) => ctx.asServer((db) => (db as Sql).execute('select 1 / 0')),
      ({ ctx }) => ctx.asServer((db) => (db as Sql).execute('select 1 / 0').catch(() => undefined)),
    ];
    for (const fail of failing) {
      const server = own(async (given) => {
        given.ctx.after(() => done.push('never'));
        await rename(given.tx, 'Changed');
        await fail(given).catch(() => undefined);
      });
      expect(await call(server)).toMatchObject({ error: 'app' });
      expect(await named()).toBe('Ann');
      expect(done).toEqual([]);
    }
    const next = { name: 'profile.save', args: { name: 'Goes on', at: Date.now() } };
    expect(await mutate(garden.server, client, next, tokens.ann)).toEqual({});
  });

  test('get no final answer while the database fails, and zero-cache retries', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    for (const code of ['57P01', '08006', '40001', '53300', 'ECONNRESET', 'CONNECTION_CLOSED']) {
      const server = own(async ({ tx }) => {
        await rename(tx, 'Lost');
        throw new Error('by Drizzle', { cause: Object.assign(new Error('secret'), { code }) });
      });
      const push = client.push({ name: 'own' });
      const response = await server.mutate(post('/mutate', push, tokens.ann));
      expect(response.status, code).toBe(503);
      expect(await response.text()).not.toContain('secret');
      expect(await garden.rows('select from zero_0.mutations')).toEqual([]);
      expect(await named()).not.toBe('Lost');
      const again = own(({ tx }) => rename(tx, code));
      const answered = await again.mutate(post('/mutate', push, tokens.ann));
      expect(await answered.json()).toMatchObject({ mutations: [{ result: {} }] });
      expect(await named()).toBe(code);
    }
    vi.restoreAllMocks();
  });

  test('that conflict with another transaction are retried from the start', async () => {
    let runs = 0;
    const server = own(async ({ tx, ctx }) => {
      runs += 1;
      ctx.after(() => done.push(`run ${runs}`));
      await rename(tx, `Run ${runs}`);
      if (runs < 3) throw Object.assign(new Error('conflict'), { code: '40001' });
    });
    expect(await call(server)).toEqual({});
    expect(await named()).toBe('Run 3');
    expect(done).toEqual(['run 3']);
  });

  test('have effects after the commit, and none after a rollback', async () => {
    const effect = (ctx: ServerContext): void =>
      ctx.after(async () => done.push(`sees ${String(await named())}`));
    await call(
      own(async ({ tx, ctx }) => {
        effect(ctx);
        await rename(tx, 'Committed');
        expect(done).toEqual([]);
      }),
    );
    expect(done).toEqual(['sees Committed']);
    await call(
      own(async ({ ctx }) => {
        effect(ctx);
        throw new Error('no');
      }),
    );
    expect(done).toEqual(['sees Committed']);
  });

  test('have effects that fail independently', async () => {
    const broken = new Error('no mail');
    const server = own(async ({ ctx }) => {
      ctx.after(() => {
        throw broken;
      });
      ctx.after(() => done.push('second'));
    });
    expect(await call(server)).toEqual({});
    expect(garden.errors).toEqual([broken]);
    expect(done).toEqual(['second']);
  });

  test('do not wait for effects if the host offers waitUntil', async () => {
    const gate = Promise.withResolvers<void>();
    const server = own(async ({ ctx }) => {
      ctx.after(async () => {
        await gate.promise;
        done.push('later');
      });
    });
    const waiting: Promise<void>[] = [];
    const response = await server.mutate(
      post('/mutate', client.push({ name: 'own' }), tokens.ann),
      {
        waitUntil: (effects) => waiting.push(effects),
      },
    );
    expect(response.status).toBe(200);
    expect(done).toEqual([]);
    gate.resolve();
    await Promise.all(waiting);
    expect(done).toEqual(['later']);
  });

  test('read what the principal may read, and get the subject from the token', async () => {
    await garden.rows(
      `insert into packages (id, name, registry, deleted_at, created_at, updated_at)
       values ($1, 'react', 'npm', now(), now(), now())`,
      [newId()],
    );
    let seen: unknown;
    const server = own(async ({ tx, ctx }) => {
      const read = tx as { run(query: unknown): Promise<unknown[]> };
      seen = [ctx.sub, ctx.roles, (await read.run(zql.packages)).length];
    });
    await call(server);
    expect(seen).toEqual([ann, [], 0]);
    await mutate(server, client, { name: 'own' }, tokens.admin);
    expect(seen).toEqual([admin, ['admin'], 1]);
  });

  test("read the follow-up requests of the user's own requests", async () => {
    const [root, queued] = [newId(), newId()];
    for (const [id, by, of] of [
      [root, ann, null],
      [queued, null, root],
    ]) {
      await garden.rows(
        `insert into package_requests (id, package_name, registry, requested_by, root_request_id,
          is_auto_queued, depth, priority, status, attempt_count, run_at, created_at, updated_at)
         values ($1::text::uuid, $1::text, 'npm', $2, $3::text::uuid, $3::text is not null, 0, 50, 'pending', 0, now(), now(), now())`,
        [id, by, of],
      );
    }
    let seen: unknown;
    const server = own(async ({ tx }) => {
      const read = tx as { run(query: unknown): Promise<readonly { id: string }[]> };
      const rows = await read.run(zql.packageRequests.orderBy('id', 'asc'));
      seen = rows.map(({ id }) => id);
    });
    await call(server);
    expect(seen).toEqual([root, queued].toSorted());
    await mutate(server, client, { name: 'own' }, await token({ sub: newId() }));
    expect(seen).toEqual([]);
  });

  test('bypass the rules only explicitly', async () => {
    await garden.rows(
      `insert into tags (id, name, slug, created_at, updated_at)
       values ($1, 'UI', 'ui', now(), now())`,
      [newId()],
    );
    let count: unknown;
    const server = own(async ({ tx, ctx }) => {
      await ctx.asServer(async (db) => {
        const execute = db as Sql;
        await execute.execute("update tags set description = 'by the server'");
        count = await execute.execute('select current_user::text as who');
      });
      await rename(tx, 'After');
    });
    expect(await call(server)).toEqual({});
    expect(JSON.stringify(count)).toContain('postgres');
    expect(await named()).toBe('After');
    expect(await garden.rows('select description from tags')).toEqual([
      { description: 'by the server' },
    ]);
    const mixed = own(({ tx, ctx }) => ctx.asServer(() => rename(tx, 'Inside')));
    expect(await call(mixed)).toMatchObject({ message: 'the server failed.' });
    expect(garden.errors).toMatchObject([{ problem: { code: 'sync/not-alone' } }]);
  });
});
