import { LEASE_HOLDS, queueFunction } from './queue-function.ts';

/**
 * Ends a failed attempt. The request is retried with backoff, and fails for good after the last
 * attempt. Returns null if the lease is lost; otherwise the status and the time of the next attempt
 * in milliseconds.
 */
export const failFunction = queueFunction({
  name: 'fail',
  parameters: [
    'holder text',
    'request uuid',
    'attempt integer',
    'message text',
    'retry boolean',
    'wait interval',
    'settings jsonb',
  ],
  returns: 'text',
  body: `declare
  moment timestamptz := clock_timestamp();
  backoff double precision := least(
    (settings ->> 'backoffCap')::double precision,
    (settings ->> 'backoffBase')::double precision * power(2, least(attempt - 1, 40))
  ) * (1 - (settings ->> 'backoffJitter')::double precision * random());
  again boolean := retry and attempt < (settings ->> 'attempts')::integer;
  ended text;
begin
  update public.package_requests q
  set status = case when again then 'pending' else 'failed' end,
    run_at = case when again
      then moment + greatest(wait, backoff * interval '1 millisecond') else q.run_at end,
    error_message = left(message, 10000), locked_by = null, locked_until = null, updated_at = moment
  from (select request as id, attempt) l
  where ${LEASE_HOLDS}
  returning json_build_object('status', q.status, 'runAt', extract(epoch from q.run_at) * 1000)
  into ended;
  return ended;
end`,
});
