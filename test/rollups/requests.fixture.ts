import { integer, primaryKey, uuid } from 'drizzle-orm/pg-core';
import {
  gte,
  indexOn,
  instant,
  partitioned,
  pgTable,
  rollup,
  rollupColumns,
} from '../../src/kit/index.ts';

const BOUNDS = [10, 50, 100, 500] as const;

/** A partitioned table of events, and three rollups: hours, days of them, and hours without servers. */
export const requests = pgTable(
  'requests',
  {
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    tenant: integer('tenant').notNull(),
    server: integer('server'),
    status: integer('status'),
    ms: integer('ms'),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.at] }),
    indexOn(t.server, t.at),
    ...partitioned(t.at, 'month'),
  ],
);

export const requestHours = pgTable(
  'request_hours',
  {
    tenant: integer('tenant').notNull(),
    server: integer('server').notNull(),
    ...rollupColumns('hour'),
  },
  (t) => [
    ...rollup(t, {
      of: requests,
      every: 'hour',
      keys: [t.server, t.tenant],
      at: requests.at,
      value: requests.ms,
      errors: gte(requests.status, 500),
      bounds: BOUNDS,
    }),
    indexOn(t.tenant, t.hour),
  ],
);

export const requestDays = pgTable(
  'request_days',
  {
    tenant: integer('tenant').notNull(),
    server: integer('server').notNull(),
    ...rollupColumns('day'),
  },
  (t) => [...rollup(t, { of: requestHours, every: 'day', keys: [t.server, t.tenant] })],
);

export const tenantHours = pgTable(
  'tenant_hours',
  { tenant: integer('tenant').notNull(), ...rollupColumns('hour') },
  (t) => [...rollup(t, { of: requestHours, every: 'hour', keys: [t.tenant] })],
);

export const rollups = [tenantHours, requestDays, requestHours] as const;
export const tables = { requests, requestHours, requestDays, tenantHours };

interface Request {
  readonly at: Date;
  readonly tenant: number;
  readonly server: number | null;
  readonly status: number | null;
  readonly ms: number | null;
}

/** A rollup computed from all requests, without SQL: bucket → its row as JSON. */
export function aggregate(
  all: readonly Request[],
  every: 'hour' | 'day',
  keysOf: (request: Request) => readonly unknown[],
): ReadonlyMap<string, string> {
  const length = every === 'hour' ? 3_600_000 : 86_400_000;
  const buckets = Map.groupBy(
    all.filter(({ server }) => server !== null),
    (one) =>
      JSON.stringify([
        ...keysOf(one),
        new Date(Math.floor(one.at.getTime() / length) * length).toISOString(),
      ]),
  );
  return new Map(
    [...buckets].map(([key, rows]) => {
      const values = rows.flatMap(({ ms }) => ms ?? []);
      const low = [-Infinity, ...BOUNDS];
      const high = [...BOUNDS, Infinity];
      return [
        key,
        JSON.stringify({
          count: rows.length,
          errorCount: rows.filter(({ status }) => (status ?? 0) >= 500).length,
          sum: values.reduce((sum, ms) => sum + ms, 0),
          min: values.length === 0 ? null : Math.min(...values),
          max: values.length === 0 ? null : Math.max(...values),
          histogram: low.map(
            (from, part) => values.filter((ms) => ms >= from && ms < high[part]!).length,
          ),
        }),
      ];
    }),
  );
}

interface RollupRow {
  readonly count: number;
  readonly errorCount: number;
  readonly sum: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly histogram: readonly number[];
}

/** Rows of a rollup in the form of {@link aggregate}. */
export const stored = <Row extends RollupRow>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly [...unknown[], Date],
): ReadonlyMap<string, string> =>
  new Map(
    rows.map((row) => {
      const { count, errorCount, sum, min, max, histogram } = row;
      return [
        JSON.stringify(keyOf(row)),
        JSON.stringify({ count, errorCount, sum, min, max, histogram }),
      ];
    }),
  );
