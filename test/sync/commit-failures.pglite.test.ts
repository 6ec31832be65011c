import { defineMutator, defineMutators } from '@rocicorp/zero';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import type { ServerContext, SyncServer } from '../../src/server.ts';
import { DEFERRED } from './deferred.fixture.ts';
import { Client, gardenServer, mutate, token, type GardenServer } from './garden-server.fixture.ts';

interface Sql {
  execute(sql: string): Promise<unknown>;
}

const ann = newId();
let garden: GardenServer;
let annsToken: string;
let client: Client;
beforeAll(async () => {
  garden = await gardenServer();
  await garden.client.exec(DEFERRED);
  annsToken = await token({ sub: ann });
});
beforeEach(() => {
  client = new Client();
  garden.errors.length = 0;
  vi.spyOn(console, 'error').mockReturnValue();
});
afterAll(() => garden[Symbol.asyncDispose]());

const done: string[] = [];
const running = (statement: string): SyncServer =>
  garden.with({
    mutators: defineMutators({
      own: defineMutator((async ({ ctx }: { ctx: ServerContext<Sql> }) => {
        ctx.after(() => done.push(statement));
        await ctx.asServer((db) => db.execute(statement));
      }) as never),
    } as never) as never,
  });

test.each([
  [
    'a deferred foreign key',
    'insert into promised values (7, 8)',
    {
      message: 'refused: the constraint promised_fk is violated.',
      details: { code: 'sync/constraint' },
    },
  ],
  [
    'a deferred trigger of the application',
    "insert into watched values ('hunter2')",
    { message: 'the server failed.', details: { code: 'sync/failed' } },
  ],
])(
  '%s fails at COMMIT: the client receives no SQL, and the error is logged',
  async (_, statement, told) => {
    const server = running(statement);
    const answer = await mutate(server, client, { name: 'own' }, annsToken);
    expect(answer).toMatchObject({ error: 'app', ...told });
    const kept = JSON.stringify(await garden.rows('select result from zero_0.mutations'));
    for (const text of [JSON.stringify(answer), kept]) {
      expect(text).not.toMatch(/hunter2|violates|Key \(|table/);
    }
    expect(garden.errors).toHaveLength(1);
    expect(String((garden.errors[0] as Error).message)).toMatch(/promised_fk|hunter2/);
    // Nothing was committed, so no effect runs.
    expect(done).toEqual([]);
    expect(await garden.rows('select from promised')).toEqual([]);
    const next = { name: 'profile.save', args: { name: 'Ann', at: Date.now() } };
    expect(await mutate(garden.server, client, next, annsToken)).toEqual({});
  },
);
