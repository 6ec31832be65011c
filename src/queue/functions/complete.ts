import { LEASE_HOLDS, queueFunction } from './queue-function.ts';

/** Completes what is still held, and gives its ids. */
export const completeFunction = queueFunction({
  name: 'complete',
  parameters: ['holder text', 'ids uuid[]', 'attempts integer[]', 'packages uuid[]'],
  returns: 'text',
  body: `declare
  moment timestamptz := clock_timestamp();
  ended text;
begin
  if cardinality(ids) = 0 then return '[]'; end if;
  with completed as (
    update public.package_requests q
    set status = 'completed', locked_by = null, locked_until = null, error_message = null,
      package_id = coalesce(l.package_id, q.package_id), updated_at = moment
    from unnest(ids, attempts, packages) as l (id, attempt, package_id)
    where ${LEASE_HOLDS}
    returning q.id
  )
  select json_agg(c.id) into ended from completed c;
  if array_remove(packages, null) <> '{}' then
    -- The cooldown counts from here, in database time.
    update public.packages p set last_fetch_success = moment, updated_at = moment
    from unnest(ids, packages) as l (id, package_id)
    where p.id = l.package_id and ended::jsonb ? l.id::text;
  end if;
  return coalesce(ended, '[]');
end`,
});
