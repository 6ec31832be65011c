import { expect } from 'vitest';
import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import {
  aggregate,
  requestDays,
  requestHours,
  requests,
  stored,
  tenantHours,
} from './requests.fixture.ts';

/** Expects that all rollups equal a computation from all requests. Returns their number of rows. */
export async function expectEqual(db: AnyDatabase): Promise<number> {
  const all = await db.select().from(requests);
  const hours = await db.select().from(requestHours);
  const days = await db.select().from(requestDays);
  const tenants = await db.select().from(tenantHours);
  const found = [
    stored(hours, ({ server, tenant, hour }) => [server, tenant, hour]),
    stored(days, ({ server, tenant, day }) => [server, tenant, day]),
    stored(tenants, ({ tenant, hour }) => [tenant, hour]),
  ];
  const wanted = [
    aggregate(all, 'hour', ({ server, tenant }) => [server, tenant]),
    aggregate(all, 'day', ({ server, tenant }) => [server, tenant]),
    aggregate(all, 'hour', ({ tenant }) => [tenant]),
  ];
  expect(found.map(sorted)).toEqual(wanted.map(sorted));
  return hours.length + days.length + tenants.length;
}

const sorted = (rows: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1));
