import { CLAIMED_COLUMNS, NEXT_ONE } from './claim.ts';
import { LEASE_HOLDS, queueFunction } from './queue-function.ts';

/**
 * One turn of a worker: completes finished requests and claims new ones. The common case, one
 * completed and one claimed, is a single UPDATE. Setting up an UPDATE costs more than a row,
 * because Postgres parses the table's checks, trigger condition and generated column each time.
 */
export const turnFunction = queueFunction({
  name: 'turn',
  parameters: [
    'holder text',
    'ids uuid[]',
    'attempts integer[]',
    'packages uuid[]',
    'lease interval',
    'amount integer',
    'registries text[]',
    'most_attempts integer',
  ],
  returns: 'text',
  body: `declare
  moment timestamptz := clock_timestamp();
  done text;
  claimed text;
begin
  if amount <> 1 or cardinality(ids) <> 1 or packages[1] is not null then
    if cardinality(ids) > 0 then done := queue.complete(holder, ids, attempts, packages); end if;
    -- Claim after completing, so that completed requests do not block the claim.
    if amount > 0 then claimed := queue.claim(holder, lease, amount, registries, most_attempts); end if;
    return format('{"done":%s,"claimed":%s}', coalesce(done, '[]'), coalesce(claimed, '[]'));
  end if;

  with turned as (
    update public.package_requests q
    set status = case when t.ends then 'completed' else 'fetching' end,
      attempt_count = case when t.ends then q.attempt_count else q.attempt_count + 1 end,
      locked_by = case when t.ends then null else holder end,
      locked_until = case when t.ends then null else moment + lease end,
      error_message = case when t.ends then null else q.error_message end,
      updated_at = moment
    from (
      select e.ctid, true as ends from (
        select q.ctid from public.package_requests q, (select ids[1] as id, attempts[1] as attempt) l
        where ${LEASE_HOLDS} for update of q
      ) e
      union all
      select p.ctid, false from ${NEXT_ONE('most_attempts')}
    ) t
    where q.ctid = t.ctid
    returning t.ends, q.id, json_build_array(${CLAIMED_COLUMNS('q')}) as request
  )
  select max(json_build_array(u.id)::text) filter (where u.ends),
    max(json_build_array(u.request)::text) filter (where not u.ends)
  into done, claimed from turned u;
  return format('{"done":%s,"claimed":%s}', coalesce(done, '[]'), coalesce(claimed, '[]'));
end`,
});
