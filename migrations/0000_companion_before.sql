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
