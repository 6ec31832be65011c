import { sql } from 'drizzle-orm';
import { addHistograms, percentileOf } from '../../../kit/index.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import { LATENCY_BOUNDS } from '../tables/rollups.ts';

/** Requests of a period. Latencies are in milliseconds. */
export interface Traffic {
  readonly requests: number;
  /** Share of the requests with a status from 500 on. */
  readonly errorRate: number;
  /** Percentiles lie between the same two LATENCY_BOUNDS as the exact ones; null without requests. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface Dashboard {
  readonly total: Traffic;
  /** The hours with requests. */
  readonly hours: readonly (Traffic & { readonly hour: Date })[];
  /** The ten servers with the longest mean response time, the slowest first. */
  readonly slowest: readonly (Traffic & { readonly serverId: string; readonly mean: number })[];
}

export interface DashboardPeriod {
  readonly tenantId: string;
  /** The period consists of whole hours: both times are rounded down. */
  readonly since: Date;
  readonly until: Date;
}

interface Measured {
  readonly requests: number;
  readonly errors: number;
  readonly histogram: readonly number[];
  readonly min?: number | null;
  readonly max?: number | null;
}

/**
 * The traffic of an organization by hour, and its slowest servers, from the rollups. Empty for a
 * principal who is not a member of the organization.
 *
 * @example
 * const tenantId = '0197a3c5-0000-7000-8000-000000000001';
 * const until = new Date();
 * const since = new Date(until.getTime() - 30 * 86_400_000);
 * const dashboard = await asPrincipal(db, { role: GATEWAY_ROLE, claims }, (tx) =>
 *   organizationDashboard(tx, { tenantId, since, until }),
 * );
 */
export async function organizationDashboard(
  db: AnyDatabase,
  period: DashboardPeriod,
): Promise<Dashboard> {
  const [since, until] = [wholeHour(period.since), wholeHour(period.until)];
  const values = sql`(${period.tenantId}::uuid, ${since}::timestamptz, ${until}::timestamptz)`;
  // An array as text parses faster as JSON than by the drivers.
  const traffic = await rowsOf<Stored & { readonly hour: string }>(
    db,
    sql`select extract(epoch from hour)::float8 as hour, requests, errors, min, max, histogram::text
      from organization_traffic${values}`,
  );
  const servers = await rowsOf<Stored & { readonly server_id: string; readonly mean: number }>(
    db,
    sql`select server_id, requests::float8, errors::float8, mean, histogram::text from slowest_servers${values}`,
  );
  const hours = traffic.map((row) => ({ ...row, histogram: numbers(row.histogram) }));
  return {
    total: trafficOf({
      requests: hours.reduce((sum, { requests }) => sum + requests, 0),
      errors: hours.reduce((sum, { errors }) => sum + errors, 0),
      histogram: hours.length === 0 ? NOTHING : addHistograms(hours.map((row) => row.histogram)),
    }),
    hours: hours.map((row) => ({ hour: new Date(Number(row.hour) * 1000), ...trafficOf(row) })),
    slowest: servers.map(({ server_id: serverId, mean, ...row }) => ({
      serverId,
      mean,
      ...trafficOf({ ...row, histogram: numbers(row.histogram) }),
    })),
  };
}

type Stored = Omit<Measured, 'histogram'> & { readonly histogram: string };

const NOTHING: readonly number[] = Array.from({ length: LATENCY_BOUNDS.length + 1 }, () => 0);

const wholeHour = (time: Date): string =>
  new Date(Math.floor(time.getTime() / 3_600_000) * 3_600_000).toISOString();

/** An array as Postgres prints it: `{1,2}`. */
const numbers = (array: string): readonly number[] =>
  JSON.parse(`[${array.slice(1, -1)}]`) as readonly number[];

function trafficOf(row: Measured): Traffic {
  const percentile = (fraction: number): number | null =>
    percentileOf(row, LATENCY_BOUNDS, fraction);
  return {
    requests: row.requests,
    errorRate: row.requests === 0 ? 0 : row.errors / row.requests,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
  };
}
