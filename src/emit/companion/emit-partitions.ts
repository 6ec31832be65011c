import { quoteBody, quoteName, quoteText } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { doBlock } from './do-block.ts';

const FUNCTION = quoteName('public', 'make_partitions');

/** The function that makes partitions ahead, and the first partitions of each table. */
export function emitPartitions(tables: readonly Table[]): readonly CompanionObject[] {
  const parents = tables.filter(({ partition }) => partition);
  if (parents.length === 0) return [];
  return [
    makePartitions(parents),
    ...parents.map((table) => {
      const on = nameOf(table);
      return {
        key: `partitions of ${on}`,
        create: doBlock(`begin perform ${FUNCTION}(${quoteText(on)}::regclass); end`),
        drop: '',
        on,
      };
    }),
  ];
}

const nameOf = (table: Table): string => quoteName(schemaOf(table), table.name);

/**
 * There is no DEFAULT partition: with one, Postgres refuses DETACH CONCURRENTLY, and each new
 * partition scans it under a lock that blocks all writers. A row without a partition is
 * refused (23514) and names the missing time.
 *
 * A partition is created alone and then attached, which does not block writers of the table.
 * Policies of the table apply to a partition only through the table. Therefore the partition
 * has row-level security without policies, and no privileges, also where the server grants
 * every new table to a role.
 */
function makePartitions(parents: readonly Table[]): CompanionObject {
  const periods = parents.map(
    (table) =>
      `    when parent = to_regclass(${quoteText(nameOf(table))}) then ${quoteText(table.partition?.every ?? 'month')}`,
  );
  const body = `declare
  period text := case
${periods.join('\n')}
  end;
  space text;
  parent_name text;
  lower_bound timestamptz;
  upper_bound timestamptz;
  part text;
  grantee text;
begin
  if period is null then
    raise exception 'the table % has no partitions of a fixed length', parent;
  end if;
  perform pg_advisory_xact_lock(7310593858020254720 + parent::oid::bigint);
  select nspname, relname into space, parent_name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = parent;
  for step in 0..ahead loop
    lower_bound := (date_trunc(period, since at time zone 'UTC') + step * ('1 ' || period)::interval) at time zone 'UTC';
    upper_bound := (lower_bound at time zone 'UTC' + ('1 ' || period)::interval) at time zone 'UTC';
    part := parent_name || to_char(lower_bound at time zone 'UTC',
      case period when 'month' then '"_p"YYYY_MM' else '"_p"YYYY_MM_DD' end);
    continue when exists (select from pg_inherits
      where inhparent = parent and inhrelid = to_regclass(format('%I.%I', space, part)));
    execute format('create table %I.%I (like %s including defaults including constraints including generated including storage)', space, part, parent);
    execute format('alter table %I.%I enable row level security', space, part);
    execute format('alter table %I.%I force row level security', space, part);
    for grantee in
      select distinct case when acl.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end
      from pg_class, aclexplode(relacl) acl
      where pg_class.oid = format('%I.%I', space, part)::regclass and acl.grantee <> relowner
    loop
      execute format('revoke all on %I.%I from %s', space, part, grantee);
    end loop;
    execute format('alter table %s attach partition %I.%I for values from (%L) to (%L)',
      parent, space, part, lower_bound, upper_bound);
    return next format('%I.%I', space, part);
  end loop;
end`;
  const signature = `${FUNCTION}(regclass, integer, timestamptz)`;
  return {
    key: `function ${signature}`,
    // It runs as its caller: only the owner of the table may attach partitions. The empty
    // path prints the name of the table with its schema.
    create: `create or replace function ${FUNCTION}(parent regclass, ahead integer default 3, since timestamptz default now()) returns setof text
language plpgsql
set search_path = ''
set timezone = 'UTC'
as ${quoteBody(body)};`,
    drop: `drop function if exists ${signature};`,
  };
}
