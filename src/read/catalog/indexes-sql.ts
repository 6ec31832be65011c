/**
 * Indexes that do not belong to a constraint, with their sort keys. `indoption` has two
 * bits for each key: descending, and NULLs first.
 */
export const INDEXES = `
  select ind.indrelid::text as table, rel.relname as name, ind.indisunique as unique,
    am.amname as method, ind.indnullsnotdistinct as nulls_not_distinct,
    ind.indisvalid as valid, pg_get_expr(ind.indpred, ind.indrelid) as where,
    coalesce(rel.reloptions, '{}') as options,
    (select json_agg(json_build_object(
        'column', att.attname,
        'expression', case when att.attname is null
          then pg_get_indexdef(ind.indexrelid, place, false) end,
        'opclass', case when not opc.opcdefault then opc.opcname end,
        'collation', case when ind.indcollation[place - 1] <> 0 and
            ind.indcollation[place - 1] <> coalesce(att.attcollation, 100)
          then (select collname from pg_collation where oid = ind.indcollation[place - 1]) end,
        'descending', ind.indoption[place - 1] & 1 = 1,
        'nulls_first', ind.indoption[place - 1] & 2 = 2) order by place)
      from generate_series(1, ind.indnkeyatts) as place
      left join pg_attribute att on att.attrelid = ind.indrelid
        and att.attnum = nullif(ind.indkey[place - 1], 0)
      join pg_opclass opc on opc.oid = ind.indclass[place - 1]) as columns,
    array(select attname::text from generate_series(ind.indnkeyatts + 1, ind.indnatts) as place
      join pg_attribute on attrelid = ind.indrelid and attnum = ind.indkey[place - 1]
      order by place) as included
  from pg_index ind
  join tables on tables.oid = ind.indrelid
  join pg_class rel on rel.oid = ind.indexrelid
  join pg_am am on am.oid = rel.relam
  where not exists (select from pg_constraint
    where conindid = ind.indexrelid and contype in ('p', 'u', 'x'))
  order by ind.indrelid, rel.relname`;
