import { gatewayRollups, LATENCY_BOUNDS } from '../../../src/apps/gateway/tables/rollups.ts';
import { percentileOf } from '../../../src/kit/index.ts';
import { updateRollups } from '../../../src/maintain/rollups/update-rollups.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { startBigPostgres } from '../seed/migrated-server.ts';
import { measureDashboard } from './measure-dashboard.ts';
import { measureDropping } from './measure-dropping.ts';
import {
  closeGateway,
  databaseOf,
  openGateway,
  SERVERS,
  SINCE,
  type Gateway,
} from './open-gateway.ts';

const HOURS = 720;

/** `GARDEN_BENCH_REQUESTS=400000` tries out the suite. */
const REQUESTS = Number(process.env['GARDEN_BENCH_REQUESTS'] ?? 2_000_000);

/** Rollups of 2M requests in 360,000 buckets, with late and repeated ones, and what reads them. */
export async function* measureRollups(context: Context): AsyncGenerator<Measurement, void> {
  const { progress } = context;
  await using server = await startBigPostgres();
  const gateway = await openGateway(server);
  try {
    const { owner } = gateway;
    progress('2M requests');
    const late = Math.round(REQUESTS * 0.05);
    await insertRequests(gateway, 0, REQUESTS - late);
    await owner`vacuum analyze server_requests`;
    progress('rollups');
    const start = performance.now();
    await update(gateway);
    const seconds = (performance.now() - start) / 1000;
    progress('late and repeated requests');
    await insertRequests(gateway, REQUESTS - late, REQUESTS);
    await insertRequests(gateway, 0, late);
    await update(gateway);
    await owner`vacuum analyze`;
    yield* compareWithRequests(gateway);
    yield {
      name: 'requests rolled up, all buckets of 30 days for the first time',
      value: (REQUESTS - late) / seconds,
      unit: 'rows/s',
    };
    progress('percentiles');
    yield* comparePercentiles(gateway);
    yield* measureDashboard(context, gateway);
    yield* measureDropping(context, gateway);
  } finally {
    await closeGateway(gateway);
  }
}

const update = ({ owner }: Gateway): Promise<unknown> =>
  updateRollups(databaseOf(owner), gatewayRollups);

/**
 * Request n always has the same id, time and server, so that it can be sent again. All 500 servers
 * have requests in all 720 hours; most take a few milliseconds, and some take a minute.
 */
async function insertRequests({ owner, serverIds, tenantId }: Gateway, from: number, to: number) {
  await owner`insert into server_requests (id, server_id, tenant_id, method, status_code, response_time, created_at)
    select md5(n::text)::uuid, (${serverIds}::uuid[])[1 + n % ${SERVERS}], ${tenantId}, 'tools/call',
      case when n * 7919 % 100 < 3 then 503 else 200 end, exp(n * 104729 % 1100 / 100.0)::int,
      ${SINCE.toISOString()}::timestamptz + n / ${SERVERS} % ${HOURS} * interval '1 hour' + n * 31 % 3600 * interval '1 second'
    from generate_series(${from}::bigint, ${to - 1}::bigint) as n
    on conflict do nothing`;
}

interface Compared {
  readonly table: string;
  readonly keys: string;
  readonly every: 'hour' | 'day';
}

const COMPARED: readonly Compared[] = [
  { table: 'server_request_hours', keys: 'server_id, tenant_id', every: 'hour' },
  { table: 'server_request_days', keys: 'server_id, tenant_id', every: 'day' },
  { table: 'organization_request_hours', keys: 'tenant_id', every: 'hour' },
];

/** The rows of the rollups against an aggregation of all requests, which shares no SQL with them. */
async function* compareWithRequests({ owner }: Gateway): AsyncGenerator<Measurement, void> {
  const bounds = [...LATENCY_BOUNDS];
  const parts = [
    `< ${bounds[0]}`,
    ...bounds.map((bound, at) => {
      const next = bounds[at + 1];
      return `>= ${bound}${next === undefined ? '' : ` and response_time < ${next}`}`;
    }),
  ].map((part) => `count(*) filter (where response_time ${part})::int`);
  for (const { table, keys, every } of COMPARED) {
    const raw = `select ${keys}, date_trunc('${every}', created_at, 'UTC') as start, count(*)::int,
        count(*) filter (where status_code >= 500)::int, sum(response_time)::bigint,
        min(response_time), max(response_time), array[${parts.join(', ')}]
      from server_requests group by ${keys}, start`;
    const rolled = `select ${keys}, "${every}"::timestamptz, count, error_count, sum, min, max, histogram from ${table}`;
    const [row] = await owner.unsafe<
      { rows: number; differ: number }[]
    >(`with raw as (${raw}), rolled as (${rolled})
      select (select count(*)::int from rolled) as rows, (select count(*)::int from (
        (table raw except all table rolled) union all (table rolled except all table raw)
      ) as other) as differ`);
    yield {
      name: `${row?.rows.toLocaleString('en-US')} rows of ${table}: those that differ from ${REQUESTS.toLocaleString('en-US')} requests`,
      value: row?.differ ?? null,
      unit: 'rows',
      target: 'at most 0 rows',
    };
  }
}

/** Exact percentiles of every server and day, and of every hour, against the histograms. */
async function* comparePercentiles({ owner }: Gateway): AsyncGenerator<Measurement, void> {
  const fractions = [0.5, 0.95, 0.99];
  let [compared, apart] = [0, 0];
  for (const { table, keys, every } of COMPARED.slice(1)) {
    const rows = await owner.unsafe<
      { exact: number[]; histogram: number[]; min: number; max: number }[]
    >(`select exact, histogram, min, max from ${table} join (
        select ${keys}, date_trunc('${every}', created_at, 'UTC') as start,
          percentile_disc(array[${fractions.join(', ')}]) within group (order by response_time) as exact
        from server_requests group by ${keys}, start
      ) as raw using (${keys}) where raw.start = ${table}."${every}"`);
    for (const { exact, ...row } of rows) {
      for (const [at, fraction] of fractions.entries()) {
        const found = percentileOf(row, LATENCY_BOUNDS, fraction) ?? -1;
        compared += 1;
        if (partOf(found) !== partOf(exact[at]!)) apart += 1;
      }
    }
  }
  yield {
    name: `${compared.toLocaleString('en-US')} percentiles: those in another bucket than the exact ones`,
    value: apart,
    unit: 'percentiles',
    target: 'at most 0 percentiles',
  };
}

const partOf = (value: number): number => LATENCY_BOUNDS.filter((bound) => bound <= value).length;
