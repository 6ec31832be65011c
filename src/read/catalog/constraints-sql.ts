/**
 * Column names by their numbers, in the order of the numbers. With a join, Postgres would read all
 * columns of the table for each constraint.
 */
const columnsOf = (table: string, numbers: string): string => `array(
      select (select attname::text from pg_attribute where attrelid = ${table} and attnum = number)
      from unnest(${numbers}) with ordinality as key (number, place) order by place)`;

/**
 * Constraints of all kinds except NOT NULL, which Postgres 18 stores here too. Constraints
 * that a partition inherits have a parent. `conenforced` is new in Postgres 18, so it is
 * read through JSON, which is slow; what is validated is also enforced.
 */
export const CONSTRAINTS: string = `
  select con.conrelid::text as table, con.conname as name, con.contype as type,
    ${columnsOf('con.conrelid', 'con.conkey')} as columns,
    foreign_space.nspname as foreign_schema, foreign_rel.relname as foreign_table,
    ${columnsOf('con.confrelid', 'con.confkey')} as foreign_columns,
    con.confupdtype as on_update, con.confdeltype as on_delete,
    ${columnsOf('con.conrelid', 'con.confdelsetcols')} as on_delete_columns,
    con.confmatchtype = 'f' as match_full,
    con.condeferrable as deferrable, con.condeferred as deferred,
    con.convalidated as validated,
    con.convalidated or coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true) as enforced,
    pg_get_expr(con.conbin, con.conrelid) as expression,
    case when con.contype = 'x' then pg_get_constraintdef(con.oid) end as definition,
    coalesce(ind.indnullsnotdistinct, false) as nulls_not_distinct,
    array(select attname::text from generate_series(ind.indnkeyatts + 1, ind.indnatts) as place
      join pg_attribute on attrelid = con.conrelid and attnum = ind.indkey[place - 1]
      order by place) as included
  from pg_constraint con
  join tables on tables.oid = con.conrelid
  left join pg_class foreign_rel on foreign_rel.oid = con.confrelid
  left join pg_namespace foreign_space on foreign_space.oid = foreign_rel.relnamespace
  left join pg_index ind on ind.indexrelid = con.conindid and con.contype in ('p', 'u', 'x')
  where con.conparentid = 0 and con.contype in ('p', 'u', 'f', 'c', 'x')
  order by con.conrelid, con.conname`;
