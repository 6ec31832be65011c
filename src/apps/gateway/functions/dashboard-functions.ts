import { companionSql, definerFunction, mayRead, type CompanionSql } from '../../../kit/index.ts';
import { LATENCY_BOUNDS, organizationRequestHours } from '../tables/rollups.ts';

const PARAMETERS = [
  { name: 'tenant', type: 'uuid' },
  { name: 'since', type: 'timestamptz' },
  { name: 'until', type: 'timestamptz' },
];

/**
 * The rule of the rollups depends on the organization alone. The functions check it once, with any
 * row: the policies would look up the membership for each of thousands of rows.
 */
const UNLESS_READABLE = `if not exists (
    select from (
      select * from public.organization_request_hours where tenant_id = tenant limit 1
    ) as any_hour where ${mayRead(organizationRequestHours, 'any_hour')}
  ) then
    return;
  end if;`;

const ORIGIN = "timestamptz '2000-01-01 00:00:00+00'";

/** Histograms added part by part. */
const histogram = `array[${Array.from(
  { length: LATENCY_BOUNDS.length + 1 },
  (_, part) => `sum(histogram[${part + 1}])`,
).join(', ')}]`;

/** Rows of a period: whole days, and the hours before and after them. */
const parts = (columns: string, condition: string): string => `select ${columns}
      from public.server_request_days
      where ${condition} and day >= first_day and day < last_day
    union all
    select ${columns} from public.server_request_hours
      where ${condition} and hour >= $2 and hour < first_day
    union all
    select ${columns} from public.server_request_hours
      where ${condition} and hour >= last_day and hour < $3`;

/** The functions that the dashboard reads. */
export const dashboardFunctions: CompanionSql = companionSql(
  ...definerFunction({
    name: 'organization_traffic',
    parameters: PARAMETERS,
    returns:
      'table (hour timestamptz, requests integer, errors integer, min integer, max integer, histogram integer[])',
    body: `#variable_conflict use_column
begin
  ${UNLESS_READABLE}
  return query select h.hour::timestamptz, h.count, h.error_count, h.min, h.max, h.histogram
    from public.organization_request_hours as h
    where h.tenant_id = $1 and h.hour >= $2 and h.hour < $3
    order by h.hour;
end`,
  }),
  ...definerFunction({
    name: 'slowest_servers',
    parameters: PARAMETERS,
    returns:
      'table (server_id uuid, requests bigint, errors bigint, mean double precision, histogram bigint[])',
    body: `#variable_conflict use_column
declare
  first_day timestamptz := least($3, date_bin('1 day', $2 + interval '1 day' - interval '1 microsecond', ${ORIGIN}));
  last_day timestamptz := greatest(first_day, date_bin('1 day', $3, ${ORIGIN}));
begin
  ${UNLESS_READABLE}
  return query with parts as (
    ${parts('server_id, count, sum', 'tenant_id = $1')}
  ), slowest as (
    select server_id, sum(sum)::double precision / sum(count) as mean from parts
    group by server_id order by mean desc, server_id limit 10
  )
  select slowest.server_id, total.requests, total.errors, slowest.mean, total.histogram
  from slowest cross join lateral (
    select sum(count) as requests, sum(error_count) as errors, ${histogram} as histogram
    from (
    ${parts('count, error_count, histogram', 'tenant_id = $1 and server_id = slowest.server_id')}
    ) as own
  ) as total
  order by slowest.mean desc, slowest.server_id;
end`,
  }),
);
