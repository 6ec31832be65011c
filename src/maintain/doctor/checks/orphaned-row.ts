import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

const columns = (template: string, separator: string): string => `(
      select string_agg(format('${template}', own_column.attname, other_column.attname), '${separator}')
      from unnest(conkey, confkey) as pair (own_number, other_number)
      join pg_attribute own_column on own_column.attrelid = conrelid and own_column.attnum = own_number
      join pg_attribute other_column on other_column.attrelid = confrelid and other_column.attnum = other_number)`;

export const orphanedRow: DoctorCheck = {
  code: 'doctor/orphaned-row',
  group: 'integrity',
  finds: 'rows whose foreign key references no row: it is NOT VALID, or triggers were off',
  sql: ({ scanRows, deep }) => `
  with ${OWN}
  select 'error' as severity, format('%s.%s.%s', own.schema, own.name, conname) as object,
    format('rows of %s.%s reference rows of %s.%s that do not exist.', own.schema, own.name, other.schema, other.name) as message,
    null::text as evidence,
    format('run garden maintain cleanup, or correct the rows%s.', case when convalidated then ''
      else format('; then ALTER TABLE %I.%I VALIDATE CONSTRAINT %I', own.schema, own.name, conname) end) as fix,
    format('select case when count(*) > 0 then format(''%%s%%s rows without a target of %%s'', least(count(*), 1000), case when count(*) > 1000 then ''+'' else '''' end, %L) end from (select from %I.%I as own where %s and not exists (select from %I.%I as other where %s) limit 1001) as orphans',
      conname, own.schema, own.name, ${columns('own.%1$I is not null', ' and ')},
      other.schema, other.name, ${columns('other.%2$I = own.%1$I', ' and ')}) as probe
  from pg_constraint con join own on own.oid = conrelid join own other on other.oid = confrelid
  where contype = 'f' and conparentid = 0
    and (${deep} or not convalidated or own.kind = 'r' and other.kind = 'r'
      and own.estimated_rows <= ${scanRows} and other.estimated_rows <= ${scanRows})`,
};
