import type { DoctorCheck } from '../doctor-check.ts';
import { OWN } from '../own-relations.ts';

/** Bytes of a page that hold rows, and of the header of a row in a table and in an index. */
const PAGE = "(current_setting('block_size')::numeric - 40)";
const ROW = 28;
const ENTRY = 16;

/**
 * An estimate from the statistics of ANALYZE, which costs nothing. Tables and indexes with
 * columns without statistics are left out.
 */
export const bloat: DoctorCheck = {
  code: 'doctor/bloat',
  group: 'indexes',
  finds: 'an index or a table that is much larger than its content',
  sql: ({ bloatBytes, bloatFactor }) => `
  with ${OWN}, widths as (
    select attrelid, attnum, avg_width * (1 - null_frac) as width
    from pg_stats join own on own.schema = schemaname and own.name = tablename
    join pg_attribute on attrelid = own.oid and pg_attribute.attname = pg_stats.attname where not inherited
  ), sized as (
    select rel.oid, schema, name, rel.relname as index, rel.relpages as pages, rel.reltuples as rows,
      ceil(rel.reltuples::numeric * (${ENTRY} + (select sum(width) from widths where attrelid = indrelid and attnum = any (indkey))::numeric) / (0.9 * ${PAGE})) + 1 as needed,
      indnatts = (select count(*) from widths where attrelid = indrelid and attnum = any (indkey)) as is_known
    from pg_index ind join own on own.oid = indrelid join pg_class rel on rel.oid = indexrelid
    join pg_am on pg_am.oid = rel.relam and amname = 'btree'
    union all
    select own.oid, schema, name, null, relpages, reltuples,
      ceil(reltuples::numeric * (${ROW} + (select sum(width) from widths where attrelid = own.oid)::numeric) / ${PAGE}),
      (select count(*) from pg_attribute where attrelid = own.oid and attnum > 0 and not attisdropped)
        = (select count(*) from widths where attrelid = own.oid)
    from own where kind in ('r', 'm')
  ), wasted as (
    select *, (pages - needed) * current_setting('block_size')::int as bytes from sized where is_known and rows >= 0
  )
  select 'warning' as severity, concat_ws('.', schema, name, index) as object,
    format('%s is mostly empty space.', case when index is null then 'the table ' || schema || '.' || name
      else 'the index ' || index || ' of ' || schema || '.' || name end) as message,
    format('size: %s; estimated content: %s; rows: %s', pg_size_pretty(pages::bigint * current_setting('block_size')::int),
      pg_size_pretty(needed * current_setting('block_size')::int), rows) as evidence,
    case when index is null then 'run pg_repack on it, or VACUUM FULL in a maintenance window, which locks it.'
      else format('run REINDEX INDEX CONCURRENTLY %I.%I.', schema, index) end as fix,
    null::text as probe
  from wasted where bytes >= ${bloatBytes} and pages > ${bloatFactor} * needed`,
};
