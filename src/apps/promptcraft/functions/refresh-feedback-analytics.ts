import { companionSql } from '../../../kit/index.ts';

const counts = (column: string): string =>
  `(select jsonb_object_agg(c.name, c.count) from (
      select f.${column} as name, count(*) as count from public.feedback f
      where f.created_at >= d.day::timestamp at time zone 'UTC'
        and f.created_at < (d.day + 1)::timestamp at time zone 'UTC'
      group by 1
    ) c)`;

/** Computes feedback_analytics again for some days. It runs as its caller, an operator. */
export const refreshFunctions = companionSql({
  key: 'function public.refresh_feedback_analytics(since date, until date) returns integer',
  create: `create or replace function public.refresh_feedback_analytics(since date, until date) returns integer
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  days integer;
begin
  -- Days whose feedback was deleted.
  delete from public.feedback_analytics a where a.date between since and until;
  insert into public.feedback_analytics (id, date, total_feedback, resolved_feedback,
    avg_response_time_hours, avg_rating, feedback_by_type, feedback_by_priority, created_at, updated_at)
  select gen_random_uuid(), d.day, count(*), count(*) filter (where f.status in ('resolved', 'closed')),
    round((avg(extract(epoch from f.responded_at - f.created_at)) / 3600)::numeric, 2),
    round(avg(f.rating), 2), ${counts('feedback_type')}, ${counts('priority')}, now(), now()
  from (select distinct (f.created_at at time zone 'UTC')::date as day from public.feedback f
    where f.created_at >= since::timestamp at time zone 'UTC'
      and f.created_at < (until + 1)::timestamp at time zone 'UTC') d
  join public.feedback f on f.created_at >= d.day::timestamp at time zone 'UTC'
    and f.created_at < (d.day + 1)::timestamp at time zone 'UTC'
  group by d.day;
  get diagnostics days = row_count;
  return days;
end
$$;
--> statement-breakpoint
revoke execute on function public.refresh_feedback_analytics(date, date) from public;`,
  drop: 'drop function if exists public.refresh_feedback_analytics(date, date);',
});
