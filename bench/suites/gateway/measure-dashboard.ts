import postgres from 'postgres';
import { GATEWAY_ROLE } from '../../../src/apps/gateway/database-roles.ts';
import {
  organizationDashboard,
  type Dashboard,
} from '../../../src/apps/gateway/server/organization-dashboard.ts';
import { asPrincipal } from '../../../src/postgres/as-principal.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { databaseOf, SINCE, UNTIL, type Gateway } from './open-gateway.ts';

const RUNS = 400;

/**
 * The dashboard of 500 servers over 30 days, as a member of the organization: both statements, the
 * transaction and the percentiles. 20 ms on the machine of REPORT.md are 138 times the p99 of
 * `select 1`, which is 144 µs there: see suites/queries.
 */
export async function* measureDashboard(
  { progress, signal }: Context,
  { url, tenantId, userId, owner }: Gateway,
): AsyncGenerator<Measurement, void> {
  progress('dashboard');
  const client = postgres(url, { max: 1 });
  try {
    const db = databaseOf(client);
    const read = (): Promise<Dashboard> =>
      asPrincipal(db, { role: GATEWAY_ROLE, claims: { sub: userId } }, (tx) =>
        organizationDashboard(tx, { tenantId, since: SINCE, until: UNTIL }),
      );
    const times: number[] = [];
    const roundTrips: number[] = [];
    for (let run = -40; run < RUNS; run += 1) {
      signal.throwIfAborted();
      const start = process.hrtime.bigint();
      await read();
      const middle = process.hrtime.bigint();
      await client`select 1`;
      if (run < 0) continue;
      times.push(Number(middle - start));
      roundTrips.push(Number(process.hrtime.bigint() - middle));
    }
    const [rows] = await owner<{ count: number }[]>`select count(*)::int from server_request_hours`;
    yield {
      name: `dashboard of one organization, 30 days by hour, ${rows?.count.toLocaleString('en-US')} rollup rows: p99`,
      value: p99Of(times),
      unit: 'ns',
      reference: { name: 'select 1', value: p99Of(roundTrips), unit: 'ns' },
      target: 'at most 138 × select 1',
    };
    yield {
      name: 'numbers of the dashboard that differ from the requests',
      value: await differences(owner, await read()),
      unit: 'numbers',
      target: 'at most 0 numbers',
    };
  } finally {
    await client.end();
  }
}

const p99Of = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;

/** Requests and error rates of all hours, and the slowest servers, from the single requests. */
async function differences(owner: Gateway['owner'], found: Dashboard): Promise<number> {
  const hours = await owner<{ hour: string; requests: number; errors: number }[]>`
    select date_trunc('hour', created_at, 'UTC') as hour, count(*)::int as requests,
      (count(*) filter (where status_code >= 500))::int as errors
    from server_requests group by 1 order by 1`;
  const servers = await owner<{ id: string; requests: number; mean: number }[]>`
    select server_id as id, count(*)::int as requests, sum(response_time)::float8 / count(*) as mean
    from server_requests group by 1 order by mean desc, id limit 10`;
  const wanted = [
    ...hours.map(({ hour, requests, errors }) => [
      new Date(hour).getTime(),
      requests,
      errors / requests,
    ]),
    ...servers.map(({ id, requests, mean }) => [id, requests, mean]),
  ];
  const shown = [
    ...found.hours.map(({ hour, requests, errorRate }) => [hour.getTime(), requests, errorRate]),
    ...found.slowest.map(({ serverId, requests, mean }) => [serverId, requests, mean]),
  ];
  return Array.from({ length: Math.max(wanted.length, shown.length) }, (_, at) => at).filter(
    (at) => JSON.stringify(wanted[at]) !== JSON.stringify(shown[at]),
  ).length;
}
