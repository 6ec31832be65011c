import { ROLLUP_COLUMNS, ROLLUP_SCHEMA, type Rollup } from '../../model/rollup.ts';
import { quoteBody, quoteName, quoteTable, quoteText } from '../../model/quote-sql.ts';
import type { CompanionObject } from './companion-object.ts';
import { bucketSql, measureSql } from './rollup-select.ts';

/** The table of the marks of a rollup. */
export const marksOf = (id: string): string => quoteName(ROLLUP_SCHEMA, id);

/** The trigger function that marks the buckets of changed rows. */
export function markFunction(id: string, rollup: Rollup): CompanionObject {
  const [added, gone] = [changed(rollup, 'new_rows', 'false'), changed(rollup, 'old_rows', 'true')];
  return functionObject(`mark_${id}`, {
    parameters: '',
    returns: 'trigger',
    // Writers have no rights on the marks.
    settings: 'security definer',
    body: `begin
  if tg_op = 'INSERT' then
    ${addMarks(id, rollup, added)};
  elsif tg_op = 'DELETE' then
    ${addMarks(id, rollup, gone)};
  else
    ${addMarks(id, rollup, `${added}\n      union all\n      ${gone}`)};
  end if;
  return null;
end`,
  });
}

/** Marks the buckets of rows that were there before the rollup, or that no trigger has seen. */
export function rangeFunction(id: string, rollup: Rollup): CompanionObject {
  const time = quoteName('row', rollup.at);
  const rows = `${changed(rollup, quoteTable(rollup.source), 'false')}
        and ${time} >= $1 and ${time} < $2`;
  return functionObject(`mark_range_${id}`, {
    parameters: 'since timestamptz, until timestamptz',
    returns: 'bigint',
    settings: ALL_ROWS,
    body: `#variable_conflict use_column
declare marked bigint;
begin
  ${addMarks(id, rollup, rows)};
  get diagnostics marked = row_count;
  return marked;
end`,
  });
}

/**
 * Computes the buckets of up to `batch` marks again and removes the marks, in one statement and
 * so in one snapshot. A lock admits one run at a time: of two, the one with the older snapshot
 * could write last. An aborted run changes nothing.
 *
 * A bucket without rows is deleted only if rows were deleted or moved. The rows of a dropped
 * partition leave no mark, so the rollup outlives them.
 */
export function refreshFunction(id: string, rollup: Rollup): CompanionObject {
  const to = quoteTable(id);
  const key = keyOf(rollup);
  const columns = [...key, ...Object.values(ROLLUP_COLUMNS).map((column) => quoteName(column))];
  const values = columns.slice(key.length);
  const same = key.map((column) => `"rollup".${column} = "fresh".${column}`).join(' and ');
  return functionObject(`refresh_${id}`, {
    parameters: 'batch integer default 10000, out marks integer, out buckets integer',
    settings: ALL_ROWS,
    body: `#variable_conflict use_column
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception 'a rollup cannot be refreshed in a % transaction', current_setting('transaction_isolation')
      using errcode = 'invalid_transaction_state',
        hint = 'Call the function outside of a transaction, or in one that is READ COMMITTED.';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(${quoteText(`${ROLLUP_SCHEMA} ${id}`)}, 0));
  with "taken" as (
    delete from ${marksOf(id)} where "mark_id" in (
      select "mark_id" from ${marksOf(id)} order by "mark_id" limit $1
    ) returning *
  ), "marked" as (
    select ${key.join(', ')}, bool_or("mark_removed") as "mark_removed"
    from "taken" group by ${key.join(', ')}
  ), "fresh" as (
    select "marked".*, "measured".*
    from "marked" cross join lateral (
    ${measureSql(rollup, 'marked')}
    ) as "measured"
  ), "written" as (
    insert into ${to} (${columns.join(', ')})
    select ${columns.join(', ')} from "fresh" where "count" > 0
    on conflict (${key.join(', ')}) do update set
      ${values.map((column) => `${column} = excluded.${column}`).join(', ')}
  ), "emptied" as (
    delete from ${to} as "rollup" using "fresh"
    where "fresh"."count" = 0 and "fresh"."mark_removed" and ${same}
  )
  select (select count(*) from "taken"), (select count(*) from "marked") into marks, buckets;
end`,
  });
}

const keyOf = ({ keys, every }: Rollup): readonly string[] =>
  [...keys, every].map((name) => quoteName(name));

/** The buckets of rows, and whether rows may have left them. */
function changed(rollup: Rollup, rows: string, removed: string): string {
  const keys = rollup.keys.map((key) => quoteName('row', key));
  const bucket = bucketSql(rollup.every, quoteName('row', rollup.at));
  return `select ${keys.join(', ')}, ${bucket}, ${removed}
      from ${rows} as "row" where ${keys.map((key) => `${key} is not null`).join(' and ')}`;
}

function addMarks(id: string, rollup: Rollup, rows: string): string {
  const key = keyOf(rollup).join(', ');
  return `insert into ${marksOf(id)} (${key}, "mark_removed")
    select ${key}, bool_or("mark_removed")
    from (
      ${rows}
    ) as "changed" (${key}, "mark_removed")
    group by ${key}`;
}

/** An owner that is subject to the policies gets an error instead of too few rows. */
const ALL_ROWS = 'set row_security = off';

interface FunctionParts {
  readonly parameters: string;
  readonly returns?: string;
  readonly settings: string;
  readonly body: string;
}

/** Only the owner of the function may call it. */
function functionObject(
  name: string,
  { parameters, returns, settings, body }: FunctionParts,
): CompanionObject {
  const called = quoteName(ROLLUP_SCHEMA, name);
  const inputs = parameters.split(', ').filter((one) => one !== '' && !one.startsWith('out '));
  const signature = `${called}(${inputs.map((one) => one.split(' ')[1]).join(', ')})`;
  return {
    key: `function ${signature}`,
    create: `create or replace function ${called}(${parameters})${returns === undefined ? '' : ` returns ${returns}`}
language plpgsql
set search_path = pg_catalog, pg_temp
${settings}
as ${quoteBody(body)};
--> statement-breakpoint
revoke execute on function ${signature} from public;`,
    drop: `drop function if exists ${signature};`,
  };
}
