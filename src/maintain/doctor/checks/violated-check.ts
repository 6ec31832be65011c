import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

export const violatedCheck: DoctorCheck = {
  code: 'doctor/violated-check',
  group: 'integrity',
  finds: 'rows that break a CHECK: it is NOT VALID or NOT ENFORCED, or its function changed',
  sql: ({ scanRows, deep }) => `
  with ${OWN}
  select 'error' as severity, format('%s.%s.%s', schema, name, conname) as object,
    format('rows of %s.%s break the check %s.', schema, name, conname) as message,
    null::text as evidence,
    format('correct the rows%s.', case when convalidated then ''
      else format(', then run ALTER TABLE %I.%I VALIDATE CONSTRAINT %I', schema, name, conname) end) as fix,
    format('select case when count(*) > 0 then format(''%%s%%s rows: NOT %%s'', least(count(*), 1000), case when count(*) > 1000 then ''+'' else '''' end, %L) end from (select from %I.%I where not (%s) limit 1001) as broken',
      pg_get_constraintdef(con.oid), schema, name, pg_get_expr(conbin, conrelid)) as probe
  from pg_constraint con join own on own.oid = conrelid
  where contype = 'c' and coninhcount = 0 and kind in ('r', 'p')
    and (${deep} or not convalidated or kind = 'r' and estimated_rows <= ${scanRows})`,
};
