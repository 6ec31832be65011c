/**
 * A CTE with the relations of the user: not those of Postgres, of extensions and of drizzle-kit.
 * Partitions are included.
 */
export const OWN = `own as (
  select rel.oid, space.nspname as schema, rel.relname as name, rel.relkind as kind, rel.relowner,
    rel.relacl, rel.relrowsecurity, rel.relispartition, rel.relreplident, rel.reloptions,
    rel.relpages, rel.reltuples, rel.relfrozenxid,
    case when rel.reltuples >= 0 then rel.reltuples
      else pg_relation_size(rel.oid) / 50 end as estimated_rows
  from pg_class rel join pg_namespace space on space.oid = rel.relnamespace
  where space.nspname !~ '^pg_' and space.nspname not in ('information_schema', 'drizzle')
    and rel.relkind in ('r', 'p', 'm', 'v', 'S', 'f')
    and not exists (select from pg_depend where classid = 'pg_class'::regclass
      and objid = rel.oid and deptype = 'e')
)`;

/** A row that says that statistics of other roles are hidden from the login role. */
export const hiddenStatistics = (what: string): string => `
  select 'unknown' as severity, null::text as object,
    '${what} of other roles: the login role is not a member of pg_read_all_stats' as message,
    null::text as evidence, null::text as fix, null::text as probe
  where not pg_has_role(current_user, 'pg_read_all_stats', 'usage')`;
