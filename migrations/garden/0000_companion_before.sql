-- Made by `garden generate` from the definitions.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    create extension if not exists "pg_trgm";
  end if;
end
$$;
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
set search_path = pg_catalog, pg_temp
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
create or replace function "access"."exists_package_requests_1ys37bce082"(uuid) returns boolean
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
set row_security = off
as $$
begin
  return case when exists (select from "public"."package_requests" as "~1" where "~1"."id" = $1 and "~1"."requested_by" = (select case when claim like '________-____-____-____-____________' and claim not like '%-%-%-%-%-%' and claim !~ '[^0-9a-fA-F-]' then claim::uuid end from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb #>> '{"sub"}' as claim offset 0) as token)) then true when (select case when claim like '________-____-____-____-____________' and claim not like '%-%-%-%-%-%' and claim !~ '[^0-9a-fA-F-]' then claim::uuid end from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb #>> '{"sub"}' as claim offset 0) as token) is null then null else false end;
end
$$;
--> statement-breakpoint
revoke execute on function "access"."exists_package_requests_1ys37bce082"(uuid) from public;
--> statement-breakpoint
grant execute on function "access"."exists_package_requests_1ys37bce082"(uuid) to "garden_user";
--> statement-breakpoint
do $$
declare
  staying text;
begin
  with wanted (name, columns, key) as (values
    ('"public"."account"', '{"id":"uuid","name":"text collate C","avatar_url":"text","created_at":"timestamp(3) with time zone","updated_at":"timestamp(3) with time zone"}', '["id"]'),
    ('"public"."package_dependencies"', '{"id":"uuid","package_id":"uuid","version_id":"uuid","dependency_name":"text collate C","dependency_package_id":"uuid","dependency_version_range":"text","resolved_version":"text collate C","resolved_version_id":"uuid","resolution":"text collate C","dependency_type":"text collate C","created_at":"timestamp(3) with time zone"}', '["id"]'),
    ('"public"."package_requests"', '{"id":"uuid","package_name":"text collate C","registry":"text collate C","requested_by":"uuid","source_request_id":"uuid","root_request_id":"uuid","is_auto_queued":"boolean","depth":"integer","priority":"integer","status":"text collate C","error_message":"text","package_id":"uuid","attempt_count":"integer","run_at":"timestamp(3) with time zone","created_at":"timestamp(3) with time zone","updated_at":"timestamp(3) with time zone"}', '["id"]'),
    ('"public"."package_tags"', '{"id":"uuid","package_id":"uuid","tag_id":"uuid","created_by":"uuid","created_at":"timestamp(3) with time zone"}', '["id"]'),
    ('"public"."package_versions"', '{"id":"uuid","package_id":"uuid","version":"text collate C","sort_key":"text collate C","is_prerelease":"boolean","published_at":"timestamp(3) with time zone","yanked_at":"timestamp(3) with time zone","created_at":"timestamp(3) with time zone"}', '["id"]'),
    ('"public"."packages"', '{"id":"uuid","name":"text collate C","registry":"text collate C","description":"text","homepage":"text","repository":"text","dist_tags":"jsonb","last_fetch_attempt":"timestamp(3) with time zone","last_fetch_success":"timestamp(3) with time zone","deleted_at":"timestamp(3) with time zone","deleted_by":"uuid","created_at":"timestamp(3) with time zone","updated_at":"timestamp(3) with time zone"}', '["id"]'),
    ('"public"."tags"', '{"id":"uuid","name":"text collate C","slug":"text collate C","description":"text","color":"text","deleted_at":"timestamp(3) with time zone","deleted_by":"uuid","created_at":"timestamp(3) with time zone","updated_at":"timestamp(3) with time zone"}', '["id"]')
  ), listed as (
    select rel.prrelid as id, wanted.key::jsonb as key, att.attname, att.attnum
    from pg_publication pub
    join pg_publication_rel rel on rel.prpubid = pub.oid
    join wanted on to_regclass(wanted.name) = rel.prrelid
    join pg_attribute att on att.attrelid = rel.prrelid and att.attnum = any (rel.prattrs)
    join pg_type type on type.oid = att.atttypid
    where pub.pubname = 'garden_zero'
      and wanted.columns::jsonb ->> att.attname = format_type(att.atttypid, att.atttypmod) || coalesce((
        select '(' || string_agg(enumlabel, ',' order by enumsortorder) || ')'
        from pg_enum where enumtypid in (type.oid, type.typelem)), '') || coalesce((
        select ' collate ' || collname
        from pg_collation where oid = att.attcollation and oid <> type.typcollation), '')
  ), tables as (
    select format('%s (%s)', id::regclass, string_agg(quote_ident(attname), ', ' order by attnum)) as line
    from listed group by id, key
    having count(*) filter (where key ? attname) = jsonb_array_length(key)
  )
  select string_agg(line, ', ') into staying from tables;
  if staying is not null then
    execute 'alter publication "garden_zero" set table ' || staying;
  else
    drop publication if exists "garden_zero";
  end if;
end
$$;
