import { queueFunction } from './queue-function.ts';

/**
 * SQL condition: the request is pending, or its lease has expired and it has attempts left.
 * `recover` fails requests whose last attempt expired.
 */
const free = (attempts: string): string =>
  `(q.status = 'pending' or (q.locked_until <= moment and q.attempt_count < ${attempts}))`;
const FREE = free('attempts');

/** The columns of a claimed request, in the order in which `claim.ts` reads them. */
export const CLAIMED_COLUMNS = (from: string): string =>
  `${from}.id, ${from}.package_name, ${from}.registry, ${from}.requested_by,
    ${from}.source_request_id, ${from}.root_request_id, ${from}.is_auto_queued, ${from}.depth,
    ${from}.priority, ${from}.attempt_count`;

/**
 * Subquery `p`: the next row to claim. Among registries with the same priority it picks one at
 * random.
 */
export const NEXT_ONE = (attempts: string): string => `(
        select d.registry from unnest(registries) as r (registry)
        cross join lateral (
          select q.registry, q.priority from public.package_requests q
          where q.is_active and q.registry = r.registry and q.run_at <= moment
            and ${free(attempts)}
          order by q.priority desc, q.run_at limit 1
        ) d
        order by d.priority desc, random() limit 1
      ) s
      cross join lateral (
        select q.ctid from public.package_requests q
        where q.is_active and q.registry = s.registry and q.run_at <= moment
          and ${free(attempts)}
        order by q.priority desc, q.run_at limit 1
        for update skip locked
      ) p`;

/**
 * Claims up to `amount` due requests. A first pass without locks counts how many requests each
 * registry contributes: highest priority first, and within one priority the registries alternate. A
 * second pass locks that many rows per registry with SKIP LOCKED, so concurrent callers with the
 * same shares get different rows. Locked rows cannot move before the statement ends, so the update
 * finds them by ctid.
 */
export const claimFunction = queueFunction({
  name: 'claim',
  parameters: [
    'holder text',
    'lease interval',
    'amount integer',
    'registries text[]',
    'attempts integer',
  ],
  returns: 'text',
  body: `declare
  moment timestamptz := clock_timestamp();
  claimed text;
begin
  if amount = 1 then
    -- A single request: this plan takes a third of the time to set up.
    update public.package_requests q
    set status = 'fetching', attempt_count = q.attempt_count + 1,
      locked_by = holder, locked_until = moment + lease, updated_at = moment
    where q.ctid = (
      select p.ctid from ${NEXT_ONE('attempts')}
    )
    returning json_build_array(${CLAIMED_COLUMNS('q')}) into claimed;
    return '[' || coalesce(claimed, '') || ']';
  end if;

  with due as (
    select r.registry, d.priority,
      row_number() over (partition by r.registry, d.priority order by d.run_at) as turn
    from unnest(registries) as r (registry)
    cross join lateral (
      select q.priority, q.run_at from public.package_requests q
      where q.is_active and q.registry = r.registry and q.run_at <= moment
        and ${FREE}
      order by q.priority desc, q.run_at limit amount
    ) d
  ), shares as (
    select s.registry, count(*) as share
    -- If fewer requests are claimed than there are registries, the choice between them is random.
    from (select d.registry from due d order by d.priority desc, d.turn, random() limit amount) s
    group by s.registry
  ), picked as (
    select p.ctid from shares s
    cross join lateral (
      select q.ctid from public.package_requests q
      where q.is_active and q.registry = s.registry and q.run_at <= moment
        and ${FREE}
      order by q.priority desc, q.run_at limit s.share
      for update skip locked
    ) p
  ), taken as (
    update public.package_requests q
    set status = 'fetching', attempt_count = q.attempt_count + 1,
      locked_by = holder, locked_until = moment + lease, updated_at = moment
    where q.ctid = any(array(select p.ctid from picked p))
    returning q.id, q.package_name, q.registry, q.requested_by, q.source_request_id,
      q.root_request_id, q.is_auto_queued, q.depth, q.priority, q.attempt_count, q.run_at
  )
  select json_agg(json_build_array(${CLAIMED_COLUMNS('t')}) order by t.priority desc, t.run_at)
  into claimed from taken t;
  return coalesce(claimed, '[]');
end`,
});
