import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blankPostgres } from '../blank-postgres.fixture.ts';
import { PostgresWorld } from './postgres-world.ts';
import type { Row, World } from './world.ts';

const worldOf = (...things: readonly Row[]): World => ({
  tables: [{ table: 'things', key: ['id'], columns: { id: { type: 'text', nullable: false } } }],
  rules: { claims: {}, tables: {} },
  rows: { things },
  principals: [],
  readings: [],
  writes: [],
});

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
});
afterAll(() => client.close());

const count = async (): Promise<unknown> =>
  (await client.query<{ count: number }>('select count(*)::int from things')).rows[0]?.count;

describe.each([{ existing: false }, { existing: true }])(
  'a world, existing: $existing',
  (options) => {
    let postgres: PostgresWorld;
    beforeEach(async () => {
      await client.exec('rollback; drop table if exists things');
      if (options.existing) await client.exec('begin; create table things (id text primary key)');
      postgres = new PostgresWorld(client, options);
    });

    test('with rows that the database refuses reports the reason, and the next one can enter', async () => {
      const wrong = worldOf({ id: 'a' }, { id: 'a' });
      await expect(postgres.enter(wrong)).rejects.toThrow('things_pkey');
      await expect(postgres.enter(wrong)).rejects.toThrow('things_pkey');
      await postgres.enter(worldOf({ id: 'b' }));
      expect(await count()).toBe(1);
      await postgres.leave();
    });

    test('is shared by several enforcers until the last one leaves', async () => {
      const world = worldOf({ id: 'a' });
      await postgres.enter(world);
      await postgres.enter(world);
      await expect(postgres.enter(worldOf())).rejects.toThrow('one world at a time');
      await postgres.leave();
      expect(await count()).toBe(1);
      await postgres.leave();
      expect(await count()).toBe(0);
    });
  },
);
