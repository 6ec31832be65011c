import { queueFunction } from './queue-function.ts';

/**
 * Enqueues wishes one after the other. Advisory locks on the users and root requests are taken
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
  parameters: ['wishes jsonb', 'settings jsonb'],
  returns: 'text',
  body: `declare
  wish record;
  subject text;
  moment timestamptz(3);
  turn timestamptz(3);
  spent integer;
  answer jsonb;
  answers text[] := '{}';
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'queue.enqueue requires READ COMMITTED, because it counts rows that other transactions have committed'
      using errcode = 'invalid_transaction_state';
  end if;
  for subject in
    select distinct coalesce(s.root_request_id, s.id, w.person)::text
    from jsonb_to_recordset(wishes) as w (person uuid, source uuid)
    left join public.package_requests s on s.id = w.source
    where coalesce(w.source, w.person) is not null order by 1
  loop
    perform pg_advisory_xact_lock(hashtextextended('package_requests ' || subject, 0));
  end loop;

  for wish in
    select w.*, coalesce(s.root_request_id, s.id) as root, coalesce(s.depth + 1, 0) as depth
    from jsonb_to_recordset(wishes) as w
      (at integer, id uuid, name text, registry text, person uuid, source uuid, priority integer)
    left join public.package_requests s on s.id = w.source
    order by w.registry, w.name collate "C", w.at
  loop
    if wish.source is not null and wish.root is null then
      raise exception 'request % does not exist', wish.source using errcode = 'foreign_key_violation';
    end if;
    loop
      moment := date_trunc('milliseconds', clock_timestamp());
      answer := null;

      -- Another request for the same package raises the priority.
      update public.package_requests q set priority = wish.priority, updated_at = moment
      where q.registry = wish.registry and q.package_name = wish.name
        and q.is_active and q.status = 'pending' and q.priority < wish.priority;
      select jsonb_build_object('state', 'active', 'id', q.id) into answer
      from public.package_requests q
      where q.registry = wish.registry and q.package_name = wish.name and q.is_active;
      exit when answer is not null;

      select jsonb_build_object('state', 'fresh', 'packageId', p.id, 'retryAt',
        extract(epoch from p.last_fetch_success) * 1000 + (settings ->> 'cooldown')::numeric)
      into answer from public.packages p
      where p.name = wish.name and p.registry = wish.registry and p.last_fetch_success
        > moment - (settings ->> 'cooldown')::double precision * interval '1 millisecond';
      exit when answer is not null;

      if wish.person is not null then
        -- The oldest request that counts towards the limit: when it leaves the window, a new one is allowed.
        select jsonb_build_object('state', 'limited', 'retryAt',
          extract(epoch from least(q.created_at, moment)) * 1000 + (settings ->> 'personWindow')::numeric)
        into answer from public.package_requests q
        where q.requested_by = wish.person and q.created_at
          > moment - (settings ->> 'personWindow')::double precision * interval '1 millisecond'
        order by q.created_at desc offset (settings ->> 'personLimit')::integer - 1 limit 1;
        exit when answer is not null;
      end if;

      turn := moment;
      if wish.root is not null then
        if wish.depth > (settings ->> 'maxDepth')::integer then
          answer := jsonb_build_object('state', 'too-deep', 'rootRequestId', wish.root);
          exit;
        end if;
        select count(*), max(q.run_at) filter (
          where q.status = 'pending' and q.registry = wish.registry and q.run_at <= moment
        ) into spent, turn
        from public.package_requests q where q.root_request_id = wish.root;
        if spent >= (settings ->> 'rootBudget')::integer then
          answer := jsonb_build_object('state', 'over-budget', 'rootRequestId', wish.root);
          exit;
        end if;
        turn := least(moment, greatest(
          turn + interval '1 millisecond',
          moment - interval '10 minutes',
          least(moment - interval '1 second', (
            select q.run_at from public.package_requests q
            where q.is_active and q.registry = wish.registry and q.priority = wish.priority
              and q.status = 'pending'
            order by q.run_at limit 1))));
      end if;

      insert into public.package_requests (id, package_name, registry, requested_by,
        source_request_id, root_request_id, is_auto_queued, depth, priority, status,
        attempt_count, run_at, created_at, updated_at)
      values (wish.id, wish.name, wish.registry, wish.person, wish.source, wish.root,
        wish.person is null, wish.depth, wish.priority, 'pending', 0, turn, moment, moment)
      on conflict (registry, package_name) where is_active do nothing;
      if found then
        answer := jsonb_build_object('state', 'queued', 'id', wish.id);
        exit;
      end if;
      -- A concurrent call inserted the request, and it may have ended since: check again.
    end loop;
    answers := answers || format('"%s":%s', wish.at, answer);
  end loop;
  return '{' || array_to_string(answers, ',') || '}';
end`,
});
