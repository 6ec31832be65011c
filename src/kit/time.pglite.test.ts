import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPostgres } from '../testing/blank-postgres.fixture.ts';
import { id, newId } from './id.ts';
import { pgTable } from './pg-table.ts';
import { instant } from './time.ts';

const events = pgTable('events', { id: id(), at: instant('at').notNull() });

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  await client.exec('create table events (id uuid primary key, at timestamptz(3) not null)');
});
afterAll(() => client.close());

const dates = fc.date({
  noInvalidDate: true,
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
});
// Before about 1900, Amsterdam and New York have offsets with seconds; Kolkata's has minutes.
const zones = fc.constantFrom('UTC', 'Europe/Amsterdam', 'Asia/Kolkata', 'America/New_York');

test('a moment is read back unchanged, in every time zone and year', async () => {
  const db = drizzle(client, { schema: { events } });
  await fc.assert(
    fc.asyncProperty(dates, zones, async (at, zone) => {
      await client.exec(`set timezone = '${zone}'`);
      await db.delete(events);
      await db.insert(events).values({ id: newId(), at });
      expect((await db.select().from(events))[0]?.at).toEqual(at);
      // Relational queries read the same value from JSON.
      expect((await db.query.events.findFirst())?.at).toEqual(at);
    }),
    { numRuns: 150 },
  );
});
