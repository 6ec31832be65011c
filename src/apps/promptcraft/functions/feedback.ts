import { companionSql, definerFunction, principalClaim } from '../../../kit/index.ts';
import { feedback } from '../tables/feedback.ts';
import { trigger } from './trigger.ts';

/** Answers, notifications, ratings and anonymous feedback. */
export const feedbackFunctions = companionSql(
  ...trigger({
    name: 'date_feedback_answer',
    table: feedback,
    when: 'before update',
    condition:
      'new.admin_response is distinct from old.admin_response or new.responded_at is distinct from old.responded_at',
    // Clocks of clients differ, so the time of the database decides, and never before the question.
    body: `begin
  if new.admin_response is distinct from old.admin_response then
    new.admin_user_id := coalesce(${principalClaim('sub')}, new.admin_user_id);
  end if;
  new.responded_at := case
    when new.admin_response is null then null
    else coalesce(old.responded_at, greatest(now(), old.created_at))
  end;
  return new;
end`,
  }),
  ...trigger({
    name: 'notify_of_feedback_answer',
    table: feedback,
    when: 'after update',
    condition:
      'new.user_id is not null and new.admin_response is not null and new.admin_response is distinct from old.admin_response',
    body: `begin
  insert into public.user_notifications (id, user_id, kind, feedback_id, message, created_at)
  select gen_random_uuid(), new.user_id, 'feedback_answered', new.id, new.admin_response, now()
  where not exists (
    select from public.user_preferences p where p.user_id = new.user_id and not p.enable_notifications
  );
  return null;
end`,
  }),
  ...definerFunction({
    name: 'submit_feedback',
    parameters: [
      { name: 'message', type: 'text' },
      { name: 'feedback_type', type: 'text', default: "'general'" },
      { name: 'contact_email', type: 'text', default: 'null' },
      { name: 'contact_name', type: 'text', default: 'null' },
      { name: 'user_agent', type: 'text', default: 'null' },
      { name: 'browser_info', type: 'jsonb', default: 'null' },
      { name: 'device_info', type: 'jsonb', default: 'null' },
      { name: 'category', type: 'uuid', default: 'null' },
      { name: 'anonymous', type: 'boolean', default: 'false' },
    ],
    returns: 'uuid',
    reads: false,
    // Also for a principal who is not signed in, and could not read the row.
    body: `declare
  added uuid := gen_random_uuid();
begin
  insert into public.feedback (id, user_id, category_id, message, feedback_type, priority, status,
    contact_email, contact_name, user_agent, browser_info, device_info, created_at, updated_at)
  values (added, case when anonymous then null else ${principalClaim('sub')} end, category, message,
    feedback_type, 'medium', 'open', contact_email, contact_name, user_agent, browser_info,
    device_info, now(), now());
  return added;
end`,
  }),
  ...definerFunction({
    name: 'rate_feedback',
    parameters: [
      { name: 'rated', type: 'uuid' },
      { name: 'stars', type: 'integer' },
    ],
    returns: 'boolean',
    reads: false,
    // Policies cannot let the author change one column, and administrators others.
    body: `begin
  update public.feedback set rating = stars
  where id = rated and user_id = ${principalClaim('sub')} and admin_response is not null;
  return found;
end`,
  }),
);
