import type { DoctorCheck } from '../doctor-check.ts';

export const publication: DoctorCheck = {
  code: 'doctor/publication',
  group: 'health',
  finds: 'a publication that cannot replicate: no tables, no replica identity, or wal_level',
  serverOnly: true,
  sql: () => `
  select 'error' as severity, format('%s.%s', schemaname, tablename) as object,
    format('UPDATE and DELETE on %s.%s fail: the publication %s publishes it, and it has no replica identity.', schemaname, tablename, pubname) as message,
    format('relreplident: %s; primary key: none', relreplident) as evidence,
    format('add a primary key, or run ALTER TABLE %I.%I REPLICA IDENTITY FULL.', schemaname, tablename) as fix,
    null::text as probe
  from pg_publication_tables join pg_publication using (pubname)
  join pg_class rel on rel.oid = format('%I.%I', schemaname, tablename)::regclass
  where (pubupdate or pubdelete) and (relreplident = 'n' or relreplident = 'd'
    and not exists (select from pg_index where indrelid = rel.oid and indisprimary))
  union all
  select 'warning', pubname, format('the publication %s has no tables.', pubname),
    'pg_publication_tables: 0 rows', 'add tables to it, or drop it.', null
  from pg_publication where not puballtables
    and not exists (select from pg_publication_tables tab where tab.pubname = pg_publication.pubname)
    and not exists (select from pg_publication_namespace where pnpubid = pg_publication.oid)
  union all
  select 'warning', null, format('the server does not write what its publications need: %s.', string_agg(pubname, ', ')),
    'wal_level: ' || current_setting('wal_level'),
    'set wal_level = logical in postgresql.conf and restart the server, if zero-cache or a subscriber reads it.', null
  from pg_publication where current_setting('wal_level') <> 'logical' having count(*) > 0`,
};
