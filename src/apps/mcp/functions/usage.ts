import { companionSql, definerFunction, mayRead } from '../../../kit/index.ts';
import { packages } from '../tables/packages.ts';

/** Counts uses, and opens unlisted packages. */
export const usageFunctions = companionSql(
  ...definerFunction({
    name: 'record_package_use',
    parameters: [{ name: 'package', type: 'uuid' }],
    returns: 'integer',
    reads: false,
    body: `declare
  uses integer;
begin
  insert into public.package_usage as u (id, package_id, use_count, last_used_at)
  select gen_random_uuid(), p.id, 1, now()
  from public.packages p
  where p.id = package and (p.visibility = 'unlisted' or ${mayRead(packages, 'p')})
  on conflict (package_id) do update
  set use_count = u.use_count + 1, last_used_at = greatest(u.last_used_at, excluded.last_used_at)
  returning use_count into uses;
  -- NULL for a package that does not exist or is not visible.
  return uses;
exception
  -- The package was deleted at the same time.
  when foreign_key_violation then return null;
end`,
  }),
  ...definerFunction({
    name: 'open_package',
    parameters: [{ name: 'package', type: 'uuid' }],
    returns:
      'table (id uuid, user_id uuid, name text, description text, language text, setup_prompt text, tags text[], relevant_files_pattern text[], metadata jsonb, visibility text, created_at timestamptz, updated_at timestamptz)',
    // Whoever knows the id of an unlisted package may read it, but no query can list these ids.
    body: `begin
  return query
  select p.id, p.user_id, p.name, p.description, p.language, p.setup_prompt, p.tags,
    p.relevant_files_pattern, p.metadata, p.visibility, p.created_at::timestamptz, p.updated_at::timestamptz
  from public.packages p
  where p.id = package and (p.visibility = 'unlisted' or ${mayRead(packages, 'p')});
end`,
  }),
);
