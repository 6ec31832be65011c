import type { PGlite } from '@electric-sql/pglite';

/** Without foreign keys and triggers, which would take most of the time: 400 users, and 10,000 prompts of which the first user has half. */
export async function plantPrompts(client: Pick<PGlite, 'exec'>): Promise<void> {
  await client.exec(`
create function pg_temp.person(n bigint) returns uuid language sql as $$ select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
set session_replication_role = replica;
insert into users select pg_temp.person(g), 'user ' || g, now(), now() from generate_series(1, 400) g;
insert into prompt_history (id, user_id, framework_id, framework_name, model, provider, user_input, vibe_coding, processing_time_ms, tokens_used, cost_usd, status, created_at, updated_at)
select gen_random_uuid(), pg_temp.person(case when g % 2 = 0 then 1 else 1 + g % 400 end), case when g % 3 = 0 then 'trace' else 'roses' end, 'name',
  case when g % 97 = 0 then 'gemini-2.5-flash' else 'gpt-4o' end, case when g % 97 = 0 then 'gemini' else 'openai' end, 'text', false, g % 900, g % 500, 0.001,
  case when g % 90 = 0 then 'failed' else 'completed' end, timestamptz '2026-01-01' + g * interval '1 minute', now() from generate_series(1, 10000) g;
insert into user_preferences (id, user_id, selected_model, selected_framework, theme, language, enable_notifications, enable_analytics, enable_history, enable_feedback, max_history_days, auto_cleanup, created_at, updated_at)
select gen_random_uuid(), pg_temp.person(g), case when g % 100 = 0 then 'gemini' else 'openai' end, case when g % 100 = 0 then 'trace' else 'roses' end, 'dark', 'en', true, true, true, true, 30, true, now(), now() from generate_series(1, 400) g;
insert into user_sessions (id, user_id, token_hash, token_prefix, last_seen_at, created_at)
select gen_random_uuid(), pg_temp.person(1 + g % 400), translate(encode(sha256(g::text::bytea), 'base64'), '+/=', '-_'), 'pcf_', timestamptz '2026-01-01' + g * interval '1 minute', now() from generate_series(1, 4000) g;
insert into prompt_templates (id, user_id, name, framework_id, template_content, is_public, is_active, usage_count, created_at, updated_at)
select gen_random_uuid(), pg_temp.person(1 + g % 400), 'template ' || g, case when g % 50 = 0 then 'trace' else 'roses' end, 'text', g % 10 = 0, true, g % 1000, now(), now() from generate_series(1, 4000) g;
insert into prompt_template_versions (id, template_id, version, template_content, created_at) select gen_random_uuid(), id, 1, 'text', now() from prompt_templates;
insert into prompt_template_labels (id, template_id, name, version_id, created_at, updated_at) select gen_random_uuid(), template_id, 'production', id, now(), now() from prompt_template_versions;
insert into feedback (id, user_id, category_id, message, feedback_type, priority, status, admin_user_id, responded_at, created_at, updated_at)
select gen_random_uuid(), pg_temp.person(1 + g % 400), (array['00000000-0000-7000-9004-000000000001', '00000000-0000-7000-9004-000000000002'])[1 + least(g % 60, 1)]::uuid, 'text', 'bug', 'low',
  case when g % 80 = 0 then 'closed' else 'open' end, pg_temp.person(1 + g % 50), timestamptz '2026-02-01' + g * interval '1 minute', timestamptz '2026-01-01' + g * interval '1 minute', now() from generate_series(1, 4000) g;
insert into feedback_tag_links (id, feedback_id, tag_id, created_at)
select gen_random_uuid(), f.id, t.id, now() from feedback f join feedback_tags t on hashtext(f.id::text || t.name) % 40 = 0;
insert into user_notifications (id, user_id, kind, feedback_id, message, created_at) select gen_random_uuid(), user_id, 'feedback_answered', id, 'text', created_at from feedback;
insert into api_usage_logs (id, user_id, provider, response_time_ms, status_code, created_at)
select gen_random_uuid(), pg_temp.person(1 + g % 400), (array['openai', 'gemini', 'anthropic'])[1 + g % 3], g % 900, 200, timestamptz '2026-01-01' + g * interval '1 minute' from generate_series(1, 4000) g;
insert into security_events (id, kind, user_id, created_at) select gen_random_uuid(), 'access_denied', pg_temp.person(1 + g % 400), timestamptz '2026-01-01' + g * interval '1 minute' from generate_series(1, 4000) g;
insert into principal_activity (id, user_id, day, reads, denials) select gen_random_uuid(), pg_temp.person(g), date '2026-01-01' + d, 10, 0 from generate_series(1, 400) g, generate_series(0, 29) d;
insert into feedback_categories (id, parent_id, name, is_active, sort_order, created_at, updated_at)
select gen_random_uuid(), case when g % 100 = 0 then '00000000-0000-7000-9004-000000000001' else '00000000-0000-7000-9004-000000000002' end::uuid, 'category ' || g, true, g, now(), now() from generate_series(1, 2000) g;
set session_replication_role = origin;
analyze`);
}
