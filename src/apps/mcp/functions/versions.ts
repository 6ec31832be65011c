import { companionSql } from '../../../kit/index.ts';
import { definerClauses, executeOnly } from '../../../model/definer-sql.ts';

const PACKAGES = '"public"."packages"';
/** The columns that a version keeps. */
const CONTENT = 'name, description, language, setup_prompt, tags, relevant_files_pattern, metadata';
const changed = CONTENT.split(', ')
  .map((column) => `new.${column} is distinct from old.${column}`)
  .join(' or ');

/** Keeps the former states of packages, and restores one. */
export const versionFunctions = companionSql(
  {
    key: 'function public.keep_package_version()',
    // The row lock of the update puts the versions of a package in order.
    create: `create or replace function public.keep_package_version() returns trigger
${definerClauses()}
as $$
begin
  insert into public.package_versions (id, package_id, version, ${CONTENT}, created_at)
  select gen_random_uuid(), old.id,
    coalesce((select max(v.version) from public.package_versions v where v.package_id = old.id), 0) + 1,
    ${CONTENT.split(', ')
      .map((column) => `old.${column}`)
      .join(', ')}, old.updated_at;
  return null;
end
$$;
--> statement-breakpoint
${executeOnly('public.keep_package_version()')}`,
    drop: 'drop function if exists public.keep_package_version();',
  },
  {
    key: `trigger ${PACKAGES} keep_version`,
    create: `create or replace trigger keep_version after update on ${PACKAGES}
for each row when (${changed}) execute function public.keep_package_version();`,
    drop: `drop trigger if exists keep_version on ${PACKAGES};`,
    on: PACKAGES,
  },
  {
    key: 'function public.restore_package_version(package uuid, wanted integer) returns boolean',
    // It runs as its caller, so the policies decide. The replaced state becomes a version.
    create: `create or replace function public.restore_package_version(package uuid, wanted integer) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update public.packages p
  set (${CONTENT}, updated_at) = (select ${CONTENT.split(', ')
    .map((column) => `v.${column}`)
    .join(', ')}, greatest(now(), p.updated_at))
  from public.package_versions v
  where p.id = package and v.package_id = package and v.version = wanted;
  return found;
end
$$;`,
    drop: 'drop function if exists public.restore_package_version(uuid, integer);',
  },
);
