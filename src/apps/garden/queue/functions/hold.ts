import { LEASE_HOLDS, queueFunction } from './queue-function.ts';

/** Extends the leases that are still held, and returns the ids of their requests. */
export const heartbeatFunction = queueFunction({
  name: 'heartbeat',
  parameters: ['holder text', 'ids uuid[]', 'attempts integer[]', 'lease interval'],
  returns: 'text',
  body: `declare
  moment timestamptz := clock_timestamp();
  held text;
begin
  with prolonged as (
    update public.package_requests q set locked_until = moment + lease, updated_at = moment
    from unnest(ids, attempts) as l (id, attempt)
    where ${LEASE_HOLDS}
    returning q.id
  )
  select json_agg(p.id) into held from prolonged p;
  return coalesce(held, '[]');
end`,
});

/** Releases requests without counting the attempt. Others can claim them at once. */
export const releaseFunction = queueFunction({
  name: 'release',
  parameters: ['holder text', 'ids uuid[]', 'attempts integer[]'],
  returns: 'integer',
  body: `declare
  released integer;
begin
  update public.package_requests q
  set status = 'pending', attempt_count = q.attempt_count - 1,
    locked_by = null, locked_until = null, updated_at = clock_timestamp()
  from unnest(ids, attempts) as l (id, attempt)
  where ${LEASE_HOLDS};
  get diagnostics released = row_count;
  if released > 0 then perform pg_notify('package_requests', ''); end if;
  return released;
end`,
});

/**
 * Recovers requests with expired leases. The expired attempt counts, because a request that crashes
 * its worker would otherwise be retried forever.
 */
export const recoverFunction = queueFunction({
  name: 'recover',
  parameters: ['attempts integer', 'amount integer'],
  returns: 'text',
  body: `declare
  moment timestamptz := clock_timestamp();
  found text;
begin
  with expired as (
    select q.id from public.package_requests q
    where q.is_active and q.status = 'fetching' and q.locked_until <= moment
    limit amount
    for update skip locked
  ), recovered as (
    update public.package_requests q
    set status = case when q.attempt_count < attempts then 'pending' else 'failed' end,
      error_message = 'The worker stopped responding.',
      locked_by = null, locked_until = null, updated_at = moment
    from expired e where q.id = e.id
    returning q.id, q.status
  )
  select json_object_agg(r.id, r.status) into found from recovered r;
  if found is null then return '{}'; end if;
  perform pg_notify('package_requests', '');
  return found;
end`,
});
