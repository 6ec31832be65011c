import { OWN } from './own-relations.ts';

/**
 * Invalid indexes and constraints, for the SQL function `integrity_check()`. In `garden doctor`,
 * the lint rules `invalid-index` and `not-valid-constraint` find them.
 */
export const INVALID_OBJECTS: string = `
  with ${OWN}
  select 'error' as severity, format('%s.%s.%s', schema, name, rel.relname) as object,
    format('the index %s of %s.%s is invalid.', rel.relname, schema, name) as message,
    'pg_index.indisvalid: false' as evidence,
    format('run REINDEX INDEX CONCURRENTLY %I.%I, or drop it.', schema, rel.relname) as fix, null::text as probe
  from pg_index join own on own.oid = indrelid join pg_class rel on rel.oid = indexrelid where not indisvalid
  union all
  select 'warning', format('%s.%s.%s', schema, name, conname),
    format('the constraint %s of %s.%s is NOT VALID.', conname, schema, name), 'pg_constraint.convalidated: false',
    format('run ALTER TABLE %I.%I VALIDATE CONSTRAINT %I.', schema, name, conname), null
  from pg_constraint con join own on own.oid = conrelid
  where not convalidated and contype in ('c', 'f') and coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true)`;
