-- Made by `garden generate` from the definitions.
create or replace function "public"."touch_updated_at"() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new."updated_at" := now();
  return new;
end
$$;
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."account"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."package_requests"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."packages"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
create or replace trigger "touch_updated_at" before update on "public"."tags"
for each row when (new."updated_at" is not distinct from old."updated_at")
execute function "public"."touch_updated_at"();
--> statement-breakpoint
do $$
begin
  if not exists (select from pg_roles where rolname = 'garden_user') then
    create role "garden_user" nologin;
  end if;
exception
  -- Another database of the cluster made it at the same moment.
  when duplicate_object or unique_violation then null;
end
$$;
--> statement-breakpoint
create schema if not exists "access";
--> statement-breakpoint
grant usage on schema "access" to "garden_user";
--> statement-breakpoint
create or replace function "access"."claim_texts"(path text[]) returns text[]
language plpgsql stable parallel safe
as $$
declare
  claim jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb #> path;
begin
  return case when jsonb_typeof(claim) = 'array' and not exists (
    select from jsonb_array_elements(claim) as item where (jsonb_typeof(item) = 'string') is not true
  ) then array(
    select item #>> '{}' from jsonb_array_elements(claim) with ordinality as list (item, at) order by at
  ) end;
end
$$;
--> statement-breakpoint
create or replace function "access"."claim_uuid"(path text[]) returns uuid
language plpgsql stable parallel safe
as $$
declare
  claim text := nullif(current_setting('request.jwt.claims', true), '')::jsonb #>> path;
begin
  return case when translate(claim, '0123456789abcdefABCDEF', '0000000000000000000000') = '00000000-0000-0000-0000-000000000000' then claim::uuid end;
end
$$;
--> statement-breakpoint
create or replace function "access"."exists_package_requests_1ys37bce082"(uuid) returns boolean
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
set row_security = off
as $$
begin
  return case when exists (select from "public"."package_requests" as "~1" where "~1"."id" = $1 and "~1"."requested_by" = (select "access"."claim_uuid"('{"sub"}'))) then true when (select "access"."claim_uuid"('{"sub"}')) is null then null else false end;
end
$$;
--> statement-breakpoint
revoke execute on function "access"."exists_package_requests_1ys37bce082"(uuid) from public;
--> statement-breakpoint
grant execute on function "access"."exists_package_requests_1ys37bce082"(uuid) to "garden_user";
--> statement-breakpoint
revoke all on "public"."account" from "garden_user";
--> statement-breakpoint
grant select on "public"."account" to "garden_user";
--> statement-breakpoint
grant insert ("id", "name", "avatar_url", "created_at", "updated_at") on "public"."account" to "garden_user";
--> statement-breakpoint
grant update ("name", "avatar_url", "updated_at") on "public"."account" to "garden_user";
--> statement-breakpoint
alter table "public"."account" enable row level security;
--> statement-breakpoint
alter table "public"."account" force row level security;
--> statement-breakpoint
revoke all on "public"."package_dependencies" from "garden_user";
--> statement-breakpoint
grant select on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_id", "version_id", "dependency_name", "dependency_package_id", "dependency_version_range", "resolved_version", "resolved_version_id", "resolution", "dependency_type", "created_at") on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
grant update ("dependency_name", "dependency_package_id", "dependency_version_range", "resolved_version", "resolved_version_id", "resolution", "dependency_type") on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_dependencies" to "garden_user";
--> statement-breakpoint
alter table "public"."package_dependencies" enable row level security;
--> statement-breakpoint
alter table "public"."package_dependencies" force row level security;
--> statement-breakpoint
revoke all on "public"."package_requests" from "garden_user";
--> statement-breakpoint
grant select ("id", "package_name", "registry", "requested_by", "source_request_id", "root_request_id", "is_auto_queued", "depth", "priority", "status", "error_message", "package_id", "attempt_count", "run_at", "created_at", "updated_at") on "public"."package_requests" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_name", "registry", "requested_by", "source_request_id", "root_request_id", "is_auto_queued", "depth", "priority", "status", "error_message", "package_id", "attempt_count", "run_at", "created_at", "updated_at") on "public"."package_requests" to "garden_user";
--> statement-breakpoint
grant update ("status", "updated_at") on "public"."package_requests" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_requests" to "garden_user";
--> statement-breakpoint
alter table "public"."package_requests" enable row level security;
--> statement-breakpoint
alter table "public"."package_requests" force row level security;
--> statement-breakpoint
revoke all on "public"."package_tags" from "garden_user";
--> statement-breakpoint
grant select on "public"."package_tags" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_id", "tag_id", "created_by", "created_at") on "public"."package_tags" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_tags" to "garden_user";
--> statement-breakpoint
alter table "public"."package_tags" enable row level security;
--> statement-breakpoint
alter table "public"."package_tags" force row level security;
--> statement-breakpoint
revoke all on "public"."package_versions" from "garden_user";
--> statement-breakpoint
grant select on "public"."package_versions" to "garden_user";
--> statement-breakpoint
grant insert ("id", "package_id", "version", "sort_key", "is_prerelease", "published_at", "yanked_at", "created_at") on "public"."package_versions" to "garden_user";
--> statement-breakpoint
grant update ("version", "sort_key", "is_prerelease", "published_at", "yanked_at") on "public"."package_versions" to "garden_user";
--> statement-breakpoint
grant delete on "public"."package_versions" to "garden_user";
--> statement-breakpoint
alter table "public"."package_versions" enable row level security;
--> statement-breakpoint
alter table "public"."package_versions" force row level security;
--> statement-breakpoint
revoke all on "public"."packages" from "garden_user";
--> statement-breakpoint
grant select on "public"."packages" to "garden_user";
--> statement-breakpoint
grant insert ("id", "name", "registry", "description", "homepage", "repository", "dist_tags", "etag", "last_fetch_attempt", "last_fetch_success", "deleted_at", "deleted_by", "created_at", "updated_at") on "public"."packages" to "garden_user";
--> statement-breakpoint
grant update ("name", "registry", "description", "homepage", "repository", "dist_tags", "etag", "last_fetch_attempt", "last_fetch_success", "deleted_at", "deleted_by", "updated_at") on "public"."packages" to "garden_user";
--> statement-breakpoint
alter table "public"."packages" enable row level security;
--> statement-breakpoint
alter table "public"."packages" force row level security;
--> statement-breakpoint
revoke all on "public"."tags" from "garden_user";
--> statement-breakpoint
grant select on "public"."tags" to "garden_user";
--> statement-breakpoint
grant insert ("id", "name", "slug", "description", "color", "deleted_at", "deleted_by", "created_at", "updated_at") on "public"."tags" to "garden_user";
--> statement-breakpoint
grant update ("name", "slug", "description", "color", "deleted_at", "deleted_by", "updated_at") on "public"."tags" to "garden_user";
--> statement-breakpoint
alter table "public"."tags" enable row level security;
--> statement-breakpoint
alter table "public"."tags" force row level security;
--> statement-breakpoint
drop policy if exists "access_read" on "public"."account";
--> statement-breakpoint
create policy "access_read" on "public"."account" as permissive for select to "garden_user"
using (true);
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."account";
--> statement-breakpoint
create policy "access_insert" on "public"."account" as permissive for insert to "garden_user"
with check ("account"."id" = (select "access"."claim_uuid"('{"sub"}')));
--> statement-breakpoint
drop policy if exists "access_update" on "public"."account";
--> statement-breakpoint
create policy "access_update" on "public"."account" as permissive for update to "garden_user"
using ("account"."id" = (select "access"."claim_uuid"('{"sub"}')))
with check ("account"."id" = (select "access"."claim_uuid"('{"sub"}')));
--> statement-breakpoint
drop policy if exists "access_read" on "public"."package_dependencies";
--> statement-breakpoint
create policy "access_read" on "public"."package_dependencies" as permissive for select to "garden_user"
using ((exists (select from "public"."packages" as "~1" where "~1"."id" = "package_dependencies"."package_id" offset 0) or null) is not null);
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."package_dependencies";
--> statement-breakpoint
create policy "access_insert" on "public"."package_dependencies" as permissive for insert to "garden_user"
with check (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_dependencies"."package_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_update" on "public"."package_dependencies";
--> statement-breakpoint
create policy "access_update" on "public"."package_dependencies" as permissive for update to "garden_user"
using (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_dependencies"."package_id" offset 0) or null) is not null))
with check (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_dependencies"."package_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_delete" on "public"."package_dependencies";
--> statement-breakpoint
create policy "access_delete" on "public"."package_dependencies" as permissive for delete to "garden_user"
using (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_dependencies"."package_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_read" on "public"."package_requests";
--> statement-breakpoint
create policy "access_read" on "public"."package_requests" as permissive for select to "garden_user"
using (("package_requests"."requested_by" = (select "access"."claim_uuid"('{"sub"}')) or (select "access"."claim_texts"('{"roles"}'))::text[] && array['admin', 'worker'] or "access"."exists_package_requests_1ys37bce082"("package_requests"."root_request_id")));
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."package_requests";
--> statement-breakpoint
create policy "access_insert" on "public"."package_requests" as permissive for insert to "garden_user"
with check ('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]));
--> statement-breakpoint
drop policy if exists "access_update" on "public"."package_requests";
--> statement-breakpoint
create policy "access_update" on "public"."package_requests" as permissive for update to "garden_user"
using (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) or ("package_requests"."requested_by" = (select "access"."claim_uuid"('{"sub"}')) and "package_requests"."status" = 'pending'::text)))
with check (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) or ("package_requests"."requested_by" = (select "access"."claim_uuid"('{"sub"}')) and "package_requests"."status" in ('cancelled'::text))));
--> statement-breakpoint
drop policy if exists "access_delete" on "public"."package_requests";
--> statement-breakpoint
create policy "access_delete" on "public"."package_requests" as permissive for delete to "garden_user"
using ('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]));
--> statement-breakpoint
drop policy if exists "access_read" on "public"."package_tags";
--> statement-breakpoint
create policy "access_read" on "public"."package_tags" as permissive for select to "garden_user"
using (((exists (select from "public"."packages" as "~1" where "~1"."id" = "package_tags"."package_id" offset 0) or null) is not null and (exists (select from "public"."tags" as "~1" where "~1"."id" = "package_tags"."tag_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."package_tags";
--> statement-breakpoint
create policy "access_insert" on "public"."package_tags" as permissive for insert to "garden_user"
with check (("package_tags"."created_by" = (select "access"."claim_uuid"('{"sub"}')) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_tags"."package_id" offset 0) or null) is not null and (exists (select from "public"."tags" as "~1" where "~1"."id" = "package_tags"."tag_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_delete" on "public"."package_tags";
--> statement-breakpoint
create policy "access_delete" on "public"."package_tags" as permissive for delete to "garden_user"
using ((("package_tags"."created_by" = (select "access"."claim_uuid"('{"sub"}')) or 'admin' = any ((select "access"."claim_texts"('{"roles"}'))::text[])) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_tags"."package_id" offset 0) or null) is not null and (exists (select from "public"."tags" as "~1" where "~1"."id" = "package_tags"."tag_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_read" on "public"."package_versions";
--> statement-breakpoint
create policy "access_read" on "public"."package_versions" as permissive for select to "garden_user"
using ((exists (select from "public"."packages" as "~1" where "~1"."id" = "package_versions"."package_id" offset 0) or null) is not null);
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."package_versions";
--> statement-breakpoint
create policy "access_insert" on "public"."package_versions" as permissive for insert to "garden_user"
with check (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_versions"."package_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_update" on "public"."package_versions";
--> statement-breakpoint
create policy "access_update" on "public"."package_versions" as permissive for update to "garden_user"
using (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_versions"."package_id" offset 0) or null) is not null))
with check (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_versions"."package_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_delete" on "public"."package_versions";
--> statement-breakpoint
create policy "access_delete" on "public"."package_versions" as permissive for delete to "garden_user"
using (('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and (exists (select from "public"."packages" as "~1" where "~1"."id" = "package_versions"."package_id" offset 0) or null) is not null));
--> statement-breakpoint
drop policy if exists "access_read" on "public"."packages";
--> statement-breakpoint
create policy "access_read" on "public"."packages" as permissive for select to "garden_user"
using (("packages"."deleted_at" is null or (select "access"."claim_texts"('{"roles"}'))::text[] && array['admin', 'worker']));
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."packages";
--> statement-breakpoint
create policy "access_insert" on "public"."packages" as permissive for insert to "garden_user"
with check ('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]));
--> statement-breakpoint
drop policy if exists "access_update" on "public"."packages";
--> statement-breakpoint
create policy "access_update" on "public"."packages" as permissive for update to "garden_user"
using (('admin' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) or ('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and "packages"."deleted_at" is null)))
with check (('admin' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) or ('worker' = any ((select "access"."claim_texts"('{"roles"}'))::text[]) and "packages"."deleted_at" is null)));
--> statement-breakpoint
drop policy if exists "access_read" on "public"."tags";
--> statement-breakpoint
create policy "access_read" on "public"."tags" as permissive for select to "garden_user"
using (("tags"."deleted_at" is null or 'admin' = any ((select "access"."claim_texts"('{"roles"}'))::text[])));
--> statement-breakpoint
drop policy if exists "access_insert" on "public"."tags";
--> statement-breakpoint
create policy "access_insert" on "public"."tags" as permissive for insert to "garden_user"
with check ('admin' = any ((select "access"."claim_texts"('{"roles"}'))::text[]));
--> statement-breakpoint
drop policy if exists "access_update" on "public"."tags";
--> statement-breakpoint
create policy "access_update" on "public"."tags" as permissive for update to "garden_user"
using ('admin' = any ((select "access"."claim_texts"('{"roles"}'))::text[]))
with check ('admin' = any ((select "access"."claim_texts"('{"roles"}'))::text[]));
--> statement-breakpoint
comment on table "public"."account" is 'What others may see of a person. The id is the identity provider''s subject; roles and mail addresses stay with the provider and are never columns.';
--> statement-breakpoint
comment on column "public"."account"."name" is 'The name that is shown beside what the person did.';
--> statement-breakpoint
comment on table "public"."package_dependencies" is 'What one version of a package needs: what it asked for (the range), and what that came to (the resolved version). Both links to rows of ours may be empty: the target may not be in the garden yet.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."dependency_package_id" is 'The row of the dependency, once the garden has it.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."dependency_version_range" is 'As the package''s manifest says it, for example ^1.0.0.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."resolved_version" is 'The version that the range came to. Where resolution is not registry or alias there is none, and the specification stands here as it was written.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."resolved_version_id" is 'The row of the resolved version, once the garden has it.';
--> statement-breakpoint
comment on column "public"."package_dependencies"."resolution" is 'How resolved_version was found; only registry and alias name a published version.';
--> statement-breakpoint
comment on table "public"."package_requests" is 'A wish that the garden fetch a package: from a person, or from a package that needs it. This is the workers'' queue and the person''s history at once.';
--> statement-breakpoint
comment on column "public"."package_requests"."requested_by" is 'Nobody, where a dependency was queued by the garden itself.';
--> statement-breakpoint
comment on column "public"."package_requests"."source_request_id" is 'The request whose package needs this one.';
--> statement-breakpoint
comment on column "public"."package_requests"."root_request_id" is 'The person''s request at the start of the chain; its budget pays for all that follow.';
--> statement-breakpoint
comment on column "public"."package_requests"."depth" is 'Steps from the root request; the root itself is at 0.';
--> statement-breakpoint
comment on column "public"."package_requests"."priority" is 'From 0 to 100; higher is claimed sooner.';
--> statement-breakpoint
comment on column "public"."package_requests"."package_id" is 'What the request led to.';
--> statement-breakpoint
comment on column "public"."package_requests"."run_at" is 'Not to be claimed before; of what is due, the earliest is claimed first.';
--> statement-breakpoint
comment on column "public"."package_requests"."is_active" is 'Whether it waits or is being fetched. In the place of `status` in every index: what changes a column of no index stays in its page and touches none of them (HOT), and that is what a claim does.';
--> statement-breakpoint
comment on column "public"."package_requests"."locked_by" is 'The worker that holds the lease.';
--> statement-breakpoint
comment on column "public"."package_requests"."locked_until" is 'The end of the lease, in database time; after it anybody may take the request.';
--> statement-breakpoint
comment on table "public"."package_tags" is 'A tag on a package, and who put it there.';
--> statement-breakpoint
comment on table "public"."package_versions" is 'A published version of a package.';
--> statement-breakpoint
comment on column "public"."package_versions"."sort_key" is 'The version as text whose byte order is the registry''s own order, so that "latest" is the first row of an index. Made by semverSortKey for semver.';
--> statement-breakpoint
comment on column "public"."package_versions"."published_at" is 'When the registry published it; not every registry tells.';
--> statement-breakpoint
comment on column "public"."package_versions"."yanked_at" is 'When it was found to be withdrawn from the registry. The row stays: others depend on it.';
--> statement-breakpoint
comment on table "public"."packages" is 'A software package of one registry. What can be counted or sorted out of the other tables (latest version, number of dependents) is not repeated here.';
--> statement-breakpoint
comment on column "public"."packages"."name" is 'As the registry spells it: whether case matters is the registry''s rule.';
--> statement-breakpoint
comment on column "public"."packages"."repository" is 'Where the source is, as an address that a browser opens.';
--> statement-breakpoint
comment on column "public"."packages"."dist_tags" is 'The registry''s own names for versions, such as `latest`, and the version of each.';
--> statement-breakpoint
comment on column "public"."packages"."etag" is 'What the registry called its last answer, to ask with whether it still stands.';
--> statement-breakpoint
comment on column "public"."packages"."last_fetch_attempt" is 'When a worker last asked the registry, with or without success.';
--> statement-breakpoint
comment on column "public"."packages"."last_fetch_success" is 'When a worker last got an answer. The cooldown of an hour counts from here.';
--> statement-breakpoint
comment on table "public"."tags" is 'A broad word that packages are found by, such as "database". There is no hierarchy.';
--> statement-breakpoint
comment on column "public"."tags"."slug" is 'The name as it stands in an address.';
--> statement-breakpoint
comment on column "public"."tags"."color" is 'As #rrggbb in lower case.';
--> statement-breakpoint
do $$
begin
  if not exists (select from pg_publication where pubname = 'garden_zero') then
    create publication "garden_zero";
  end if;
end
$$;
--> statement-breakpoint
-- Their types: 0dvsatu9mvu
alter publication "garden_zero" set table
  "public"."account" ("id", "name", "avatar_url", "created_at", "updated_at"),
  "public"."package_dependencies" ("id", "package_id", "version_id", "dependency_name", "dependency_package_id", "dependency_version_range", "resolved_version", "resolved_version_id", "resolution", "dependency_type", "created_at"),
  "public"."package_requests" ("id", "package_name", "registry", "requested_by", "source_request_id", "root_request_id", "is_auto_queued", "depth", "priority", "status", "error_message", "package_id", "attempt_count", "run_at", "created_at", "updated_at"),
  "public"."package_tags" ("id", "package_id", "tag_id", "created_by", "created_at"),
  "public"."package_versions" ("id", "package_id", "version", "sort_key", "is_prerelease", "published_at", "yanked_at", "created_at"),
  "public"."packages" ("id", "name", "registry", "description", "homepage", "repository", "dist_tags", "last_fetch_attempt", "last_fetch_success", "deleted_at", "deleted_by", "created_at", "updated_at"),
  "public"."tags" ("id", "name", "slug", "description", "color", "deleted_at", "deleted_by", "created_at", "updated_at");
--> statement-breakpoint
create schema if not exists queue;
--> statement-breakpoint
create or replace function queue.enqueue(wishes jsonb, settings jsonb) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  wish record;
  subject text;
  moment timestamptz(3);
  turn timestamptz(3);
  spent integer;
  answer jsonb;
  answers text[] := '{}';
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'queue.enqueue counts what others have committed, and so needs READ COMMITTED'
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
      raise exception 'there is no request %', wish.source using errcode = 'foreign_key_violation';
    end if;
    loop
      moment := date_trunc('milliseconds', clock_timestamp());
      answer := null;

      -- What more people want is wanted sooner.
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
        -- The oldest of those that fill the limit: when it leaves the window, there is room.
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
      -- Somebody was faster, and may have finished since: look again.
    end loop;
    answers := answers || format('"%s":%s', wish.at, answer);
  end loop;
  return '{' || array_to_string(answers, ',') || '}';
end
$$;
--> statement-breakpoint
create or replace function queue.claim(holder text, lease interval, amount integer, registries text[], attempts integer) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  moment timestamptz := clock_timestamp();
  claimed text;
begin
  if amount = 1 then
    -- The same for one alone, by a plan that takes a third of the time to set up.
    update public.package_requests q
    set status = 'fetching', attempt_count = q.attempt_count + 1,
      locked_by = holder, locked_until = moment + lease, updated_at = moment
    where q.ctid = (
      select p.ctid from (
        select d.registry from unnest(registries) as r (registry)
        cross join lateral (
          select q.registry, q.priority from public.package_requests q
          where q.is_active and q.registry = r.registry and q.run_at <= moment
            and (q.status = 'pending' or (q.locked_until <= moment and q.attempt_count < attempts))
          order by q.priority desc, q.run_at limit 1
        ) d
        order by d.priority desc, random() limit 1
      ) s
      cross join lateral (
        select q.ctid from public.package_requests q
        where q.is_active and q.registry = s.registry and q.run_at <= moment
          and (q.status = 'pending' or (q.locked_until <= moment and q.attempt_count < attempts))
        order by q.priority desc, q.run_at limit 1
        for update skip locked
      ) p
    )
    returning json_build_array(q.id, q.package_name, q.registry, q.requested_by,
    q.source_request_id, q.root_request_id, q.is_auto_queued, q.depth,
    q.priority, q.attempt_count) into claimed;
    return '[' || coalesce(claimed, '') || ']';
  end if;

  with due as (
    select r.registry, d.priority,
      row_number() over (partition by r.registry, d.priority order by d.run_at) as turn
    from unnest(registries) as r (registry)
    cross join lateral (
      select q.priority, q.run_at from public.package_requests q
      where q.is_active and q.registry = r.registry and q.run_at <= moment
        and (q.status = 'pending' or (q.locked_until <= moment and q.attempt_count < attempts))
      order by q.priority desc, q.run_at limit amount
    ) d
  ), shares as (
    select s.registry, count(*) as share
    -- Where less is claimed than there are registries, chance is fair to them.
    from (select d.registry from due d order by d.priority desc, d.turn, random() limit amount) s
    group by s.registry
  ), picked as (
    select p.ctid from shares s
    cross join lateral (
      select q.ctid from public.package_requests q
      where q.is_active and q.registry = s.registry and q.run_at <= moment
        and (q.status = 'pending' or (q.locked_until <= moment and q.attempt_count < attempts))
      order by q.priority desc, q.run_at limit s.share
      for update skip locked
    ) p
  ), taken as (
    update public.package_requests q
    set status = 'fetching', attempt_count = q.attempt_count + 1,
      locked_by = holder, locked_until = moment + lease, updated_at = moment
    where q.ctid = any(array(select p.ctid from picked p))
    returning q.id, q.package_name, q.registry, q.requested_by, q.source_request_id,
      q.root_request_id, q.is_auto_queued, q.depth, q.priority, q.attempt_count, q.run_at
  )
  select json_agg(json_build_array(t.id, t.package_name, t.registry, t.requested_by,
    t.source_request_id, t.root_request_id, t.is_auto_queued, t.depth,
    t.priority, t.attempt_count) order by t.priority desc, t.run_at)
  into claimed from taken t;
  return coalesce(claimed, '[]');
end
$$;
--> statement-breakpoint
create or replace function queue.complete(holder text, ids uuid[], attempts integer[], packages uuid[]) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  moment timestamptz := clock_timestamp();
  ended text;
begin
  if cardinality(ids) = 1 then
    -- The same for one alone, by a plan that is sooner set up.
    update public.package_requests q
    set status = 'completed', locked_by = null, locked_until = null, error_message = null,
      package_id = coalesce(packages[1], q.package_id), updated_at = moment
    from (select ids[1] as id, attempts[1] as attempt) l
    where q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end
    returning json_build_array(q.id) into ended;
  elsif cardinality(ids) > 1 then
    with completed as (
      update public.package_requests q
      set status = 'completed', locked_by = null, locked_until = null, error_message = null,
        package_id = coalesce(l.package_id, q.package_id), updated_at = moment
      from unnest(ids, attempts, packages) as l (id, attempt, package_id)
      where q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end
      returning q.id
    )
    select json_agg(c.id) into ended from completed c;
  end if;
  if array_remove(packages, null) <> '{}' then
    -- The cooldown counts from here, in database time.
    update public.packages p set last_fetch_success = moment, updated_at = moment
    from unnest(ids, packages) as l (id, package_id)
    where p.id = l.package_id and ended::jsonb ? l.id::text
      -- Who wrote the package in this transaction may have set it so.
      and p.last_fetch_success between transaction_timestamp() and moment is not true;
  end if;
  return coalesce(ended, '[]');
end
$$;
--> statement-breakpoint
create or replace function queue.turn(holder text, ids uuid[], attempts integer[], packages uuid[], lease interval, amount integer, registries text[], most_attempts integer) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  moment timestamptz := clock_timestamp();
  done text;
  claimed text;
begin
  if amount <> 1 or cardinality(ids) <> 1 or packages[1] is not null then
    if cardinality(ids) > 0 then done := queue.complete(holder, ids, attempts, packages); end if;
    -- After it: what has ended is not in the way of what is claimed.
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
        where q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end for update of q
      ) e
      union all
      select p.ctid, false from (
        select d.registry from unnest(registries) as r (registry)
        cross join lateral (
          select q.registry, q.priority from public.package_requests q
          where q.is_active and q.registry = r.registry and q.run_at <= moment
            and (q.status = 'pending' or (q.locked_until <= moment and q.attempt_count < most_attempts))
          order by q.priority desc, q.run_at limit 1
        ) d
        order by d.priority desc, random() limit 1
      ) s
      cross join lateral (
        select q.ctid from public.package_requests q
        where q.is_active and q.registry = s.registry and q.run_at <= moment
          and (q.status = 'pending' or (q.locked_until <= moment and q.attempt_count < most_attempts))
        order by q.priority desc, q.run_at limit 1
        for update skip locked
      ) p
    ) t
    where q.ctid = t.ctid
    returning t.ends, q.id, json_build_array(q.id, q.package_name, q.registry, q.requested_by,
    q.source_request_id, q.root_request_id, q.is_auto_queued, q.depth,
    q.priority, q.attempt_count) as request
  )
  select max(json_build_array(u.id)::text) filter (where u.ends),
    max(json_build_array(u.request)::text) filter (where not u.ends)
  into done, claimed from turned u;
  return format('{"done":%s,"claimed":%s}', coalesce(done, '[]'), coalesce(claimed, '[]'));
end
$$;
--> statement-breakpoint
create or replace function queue.fail(holder text, request uuid, attempt integer, message text, retry boolean, wait interval, settings jsonb) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
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
  where q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end
  returning json_build_object('status', q.status, 'runAt', extract(epoch from q.run_at) * 1000)
  into ended;
  return ended;
end
$$;
--> statement-breakpoint
create or replace function queue.heartbeat(holder text, ids uuid[], attempts integer[], lease interval) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  moment timestamptz := clock_timestamp();
  held text;
begin
  with prolonged as (
    update public.package_requests q set locked_until = moment + lease, updated_at = moment
    from unnest(ids, attempts) as l (id, attempt)
    where q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end
    returning q.id
  )
  select json_agg(p.id) into held from prolonged p;
  return coalesce(held, '[]');
end
$$;
--> statement-breakpoint
create or replace function queue.release(holder text, ids uuid[], attempts integer[]) returns integer
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  released integer;
begin
  update public.package_requests q
  set status = 'pending', attempt_count = q.attempt_count - 1,
    locked_by = null, locked_until = null, updated_at = clock_timestamp()
  from unnest(ids, attempts) as l (id, attempt)
  where q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end;
  get diagnostics released = row_count;
  if released > 0 then perform pg_notify('package_requests', ''); end if;
  return released;
end
$$;
--> statement-breakpoint
create or replace function queue.recover(attempts integer, amount integer) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
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
      error_message = 'The worker was lost.',
      locked_by = null, locked_until = null, updated_at = moment
    from expired e where q.id = e.id
    returning q.id, q.status
  )
  select json_object_agg(r.id, r.status) into found from recovered r;
  if found is null then return '{}'; end if;
  perform pg_notify('package_requests', '');
  return found;
end
$$;
--> statement-breakpoint
create or replace function queue.notify() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify('package_requests', '');
  return null;
end
$$;
--> statement-breakpoint
create or replace trigger notify_workers after insert on "public"."package_requests"
for each statement execute function queue.notify();
--> statement-breakpoint
alter table "public"."package_requests" set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);
