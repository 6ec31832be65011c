import { queueFunction } from './queue-function.ts';

/**
 * Enqueues requests one after the other. Advisory locks on the users and root requests are taken
 * first, so that each later statement counts the rows that a concurrent call committed. All calls
 * take locks and rows in the same order, which prevents deadlocks.
 *
 * Fair order: the follow-up requests of a root get `run_at` values one millisecond apart, starting
 * at the front of the queue. So the roots alternate no matter how many requests each of them
 * queues, and a claim still only reads the start of an index. A new request never goes ahead of one
 * that has waited ten minutes; otherwise a stream of new roots could starve an old one.
 */
export const enqueueFunction = queueFunction({
  name: 'enqueue',
  parameters: ['requests jsonb', 'settings jsonb'],
  returns: 'text',
  body: `declare
  request record;
  lock_key text;
  moment timestamptz(3);
  next_run timestamptz(3);
  spent integer;
  answer jsonb;
  answers text[] := '{}';
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'queue.enqueue requires READ COMMITTED, because it counts rows that other transactions have committed'
      using errcode = 'invalid_transaction_state';
  end if;
  for lock_key in
    select distinct coalesce(s.root_request_id, s.id, r.requested_by)::text
    from jsonb_to_recordset(requests) as r (requested_by uuid, source uuid)
    left join public.package_requests s on s.id = r.source
    where coalesce(r.source, r.requested_by) is not null order by 1
  loop
    perform pg_advisory_xact_lock(hashtextextended('package_requests ' || lock_key, 0));
  end loop;

  for request in
    select r.*, coalesce(s.root_request_id, s.id) as root, coalesce(s.depth + 1, 0) as depth
    from jsonb_to_recordset(requests) as r
      (at integer, id uuid, name text, registry text, requested_by uuid, source uuid, priority integer)
    left join public.package_requests s on s.id = r.source
    order by r.registry, r.name collate "C", r.at
  loop
    if request.source is not null and request.root is null then
      raise exception 'request % does not exist', request.source using errcode = 'foreign_key_violation';
    end if;
    loop
      moment := date_trunc('milliseconds', clock_timestamp());
      answer := null;

      -- Another request for the same package raises the priority.
      update public.package_requests q set priority = request.priority, updated_at = moment
      where q.registry = request.registry and q.package_name = request.name
        and q.is_active and q.status = 'pending' and q.priority < request.priority;
      select jsonb_build_object('state', 'active', 'id', q.id) into answer
      from public.package_requests q
      where q.registry = request.registry and q.package_name = request.name and q.is_active;
      exit when answer is not null;

      select jsonb_build_object('state', 'fresh', 'packageId', p.id, 'retryAt',
        extract(epoch from p.last_fetch_success) * 1000 + (settings ->> 'cooldown')::numeric)
      into answer from public.packages p
      where p.name = request.name and p.registry = request.registry and p.last_fetch_success
        > moment - (settings ->> 'cooldown')::double precision * interval '1 millisecond';
      exit when answer is not null;

      if request.requested_by is not null then
        -- The oldest request that counts towards the limit: when it leaves the window, a new one is allowed.
        select jsonb_build_object('state', 'limited', 'retryAt',
          extract(epoch from least(q.created_at, moment)) * 1000 + (settings ->> 'userWindow')::numeric)
        into answer from public.package_requests q
        where q.requested_by = request.requested_by and q.created_at
          > moment - (settings ->> 'userWindow')::double precision * interval '1 millisecond'
        order by q.created_at desc offset (settings ->> 'userLimit')::integer - 1 limit 1;
        exit when answer is not null;
      end if;

      next_run := moment;
      if request.root is not null then
        if request.depth > (settings ->> 'maxDepth')::integer then
          answer := jsonb_build_object('state', 'too-deep', 'rootRequestId', request.root);
          exit;
        end if;
        select count(*), max(q.run_at) filter (
          where q.status = 'pending' and q.registry = request.registry and q.run_at <= moment
        ) into spent, next_run
        from public.package_requests q where q.root_request_id = request.root;
        if spent >= (settings ->> 'rootBudget')::integer then
          answer := jsonb_build_object('state', 'over-budget', 'rootRequestId', request.root);
          exit;
        end if;
        next_run := least(moment, greatest(
          next_run + interval '1 millisecond',
          moment - interval '10 minutes',
          least(moment - interval '1 second', (
            select q.run_at from public.package_requests q
            where q.is_active and q.registry = request.registry and q.priority = request.priority
              and q.status = 'pending'
            order by q.run_at limit 1))));
      end if;

      insert into public.package_requests (id, package_name, registry, requested_by,
        source_request_id, root_request_id, is_auto_queued, depth, priority, status,
        attempt_count, run_at, created_at, updated_at)
      values (request.id, request.name, request.registry, request.requested_by, request.source, request.root,
        request.requested_by is null, request.depth, request.priority, 'pending', 0, next_run, moment, moment)
      on conflict (registry, package_name) where is_active do nothing;
      if found then
        answer := jsonb_build_object('state', 'queued', 'id', request.id);
        exit;
      end if;
      -- A concurrent call inserted the request, and it may have ended since: check again.
    end loop;
    answers := answers || format('"%s":%s', request.at, answer);
  end loop;
  return '{' || array_to_string(answers, ',') || '}';
end`,
});
