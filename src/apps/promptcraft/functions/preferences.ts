import { companionSql, definerFunction, principalClaim } from '../../../kit/index.ts';
import { apiUsageLogs } from '../tables/api-usage-logs.ts';
import { feedback } from '../tables/feedback.ts';
import { promptHistory } from '../tables/prompt-history.ts';
import { trigger } from './trigger.ts';

/** The condition that a user has switched something off. Without a row, everything is on. */
const off = (column: string): string =>
  `exists (select from public.user_preferences p where p.user_id = new.user_id and not p.${column})`;

/** The user has asked for it, so the row is left out without an error. */
const skipIf = (column: string): string => `begin
  if ${off(column)} then
    return null;
  end if;
  return new;
end`;

/** The switches of user_preferences, for every writer. */
export const preferenceTriggers = /* @__PURE__ */ companionSql(
  ...trigger({
    name: 'keep_history_if_enabled',
    table: promptHistory,
    when: 'before insert',
    body: skipIf('enable_history'),
  }),
  ...trigger({
    name: 'log_usage_if_enabled',
    table: apiUsageLogs,
    when: 'before insert',
    body: skipIf('enable_analytics'),
  }),
  ...trigger({
    name: 'feedback_if_enabled',
    table: feedback,
    when: 'before insert',
    condition: 'new.user_id is not null',
    // A message must not be lost silently.
    body: `begin
  if ${off('enable_feedback')} then
    raise exception using errcode = 'check_violation', constraint = 'feedback_enabled',
      schema = 'public', table = 'feedback',
      message = 'the user has switched feedback off: set enable_feedback in user_preferences.';
  end if;
  return new;
end`,
  }),
);

/** What an administrator may change of a profile. */
export const profileFunctions = /* @__PURE__ */ companionSql(
  ...definerFunction({
    name: 'set_user_active',
    parameters: [
      { name: 'person', type: 'uuid' },
      { name: 'active', type: 'boolean' },
    ],
    returns: 'boolean',
    reads: false,
    body: `begin
  if ('admin' = any (${principalClaim('roles')})) is not true then
    raise exception using errcode = 'insufficient_privilege', message = 'only an administrator activates users.';
  end if;
  update public.user_profiles set is_active = active where user_id = person;
  return found;
end`,
  }),
);
