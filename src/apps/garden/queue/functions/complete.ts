import { LEASE_HOLDS, queueFunction } from './queue-function.ts';

/** Completes the requests whose leases are still held, and returns their ids. */
export const completeFunction = queueFunction({
  name: 'complete',
  parameters: ['holder text', 'ids uuid[]', 'attempts integer[]', 'packages uuid[]'],
  returns: 'text',
  body: `declare
  moment timestamptz := clock_timestamp();
  ended text;
begin
  if cardinality(ids) = 1 then
    -- A single request: this plan is faster to set up.
    update public.package_requests q
    set status = 'completed', locked_by = null, locked_until = null, error_message = null,
      package_id = coalesce(packages[1], q.package_id), updated_at = moment
    from (select ids[1] as id, attempts[1] as attempt) l
    where ${LEASE_HOLDS}
    returning json_build_array(q.id) into ended;
  elsif cardinality(ids) > 1 then
    with completed as (
      update public.package_requests q
      set status = 'completed', locked_by = null, locked_until = null, error_message = null,
        package_id = coalesce(l.package_id, q.package_id), updated_at = moment
      from unnest(ids, attempts, packages) as l (id, attempt, package_id)
      where ${LEASE_HOLDS}
      returning q.id
    )
    select json_agg(c.id) into ended from completed c;
  end if;
  if array_remove(packages, null) <> '{}' then
    -- The cooldown starts now, in database time.
    update public.packages p set last_fetch_success = moment, updated_at = moment
    from unnest(ids, packages) as l (id, package_id)
    where p.id = l.package_id and ended::jsonb ? l.id::text
      -- Unless this transaction has already set it.
      and p.last_fetch_success between transaction_timestamp() and moment is not true;
  end if;
  return coalesce(ended, '[]');
end`,
});
