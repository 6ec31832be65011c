import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/kit/index.ts';
import { token } from '../garden-server.fixture.ts';
import type { RawClient, RawOptions } from '../../hostile/raw-client.ts';
import { openRawClient } from './raw-client.ts';
import type { SyncedGarden } from './synced-garden.ts';

const FLOOD = 4_000;
/** Maximum time to wait, on a machine that also runs other tests. */
const RESPONSIVE = 15_000;

/** Enough rows to make changes of some of them costly. */
const PLANT_MANY = `
  insert into packages (id, name, registry, created_at, updated_at)
  select gen_random_uuid(), 'flood-' || n, 'npm', now(), now() from generate_series(1, 2000) n`;

const HARMLESS = { name: 'tags.list', args: [{ limit: 1 }] };
const newest = () => ({
  name: 'packages.search',
  args: [{ sort: 'newest', limit: 20, after: { id: newId(), value: Date.now() } }],
});

interface Refusal {
  readonly error: string;
  readonly message?: string;
}

/** One client requests more queries than a sync worker can serve. */
export function testQueryFlood(garden: () => SyncedGarden): void {
  let eves: RawOptions;
  beforeAll(async () => {
    const eve = newId();
    eves = { cacheUrl: garden().cacheUrl, token: await token({ sub: eve }), userID: eve };
    await garden().sql.unsafe(PLANT_MANY);
  });
  afterAll(() => garden().sql`delete from packages where name like 'flood-%'`);
  const refusals = (client: RawClient): readonly Refusal[] =>
    client.heard.flatMap(([kind, body]) =>
      kind === 'transformError' ? (body as unknown as readonly Refusal[]) : [],
    );
  /** Time until another client has its first rows. */
  const bystander = async (): Promise<number> => {
    const start = performance.now();
    const client = await openRawClient({ cacheUrl: garden().cacheUrl, queries: [HARMLESS] });
    try {
      await client.until('pokeEnd', 2);
      expect(client.heard.map(([kind]) => kind)).not.toContain('error');
      return performance.now() - start;
    } finally {
      client.close();
    }
  };

  test('other clients are served while one requests 4,000 queries at once', async () => {
    const queries = Array.from({ length: FLOOD }, newest);
    const flood = await openRawClient({ ...eves, queries });
    try {
      await flood.until('transformError');
      const told = refusals(flood);
      expect(told).toHaveLength(FLOOD - 200);
      expect(told[0]).toMatchObject({
        error: 'app',
        message: expect.stringContaining('too many queries'),
        details: { code: 'sync/too-many-queries' },
      });
      await flood.until('pokeEnd', 2);
      // A sync worker applies each change to all its queries, and serves no other client
      // meanwhile: with 4,000 queries, others waited for more than half a minute.
      await garden().sql`
        update packages set created_at = now(), updated_at = now() where name like 'flood-1%'`;
      for (let round = 0; round < 5; round += 1) {
        expect(await bystander()).toBeLessThan(RESPONSIVE);
      }
    } finally {
      flood.close();
    }
  }, 90_000);
}
