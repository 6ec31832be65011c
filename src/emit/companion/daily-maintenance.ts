import { MAINTENANCE_LOCK } from '../../maintain/lock-key.ts';
import { expiredRows, unreferenced } from '../../maintain/retention/expired-rows.ts';
import { referencesTo } from '../../maintain/retention/references-to.ts';
import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Retention } from '../../model/retention.ts';
import { qualifiedName, schemaOf } from '../../model/table-id.ts';
import type { Table } from '../../model/table.ts';
import type { OperatorFunction } from './operator-function.ts';

/**
 * Deletes a limited number of expired rows of each table, makes the next partitions, and
 * analyzes what has changed, in one transaction. What the function leaves to `garden maintain`
 * is in its result: rows that are archived first, and partitions, which are dropped without a
 * lock only outside of a transaction.
 */
export function dailyMaintenance(tables: readonly Table[]): OperatorFunction {
  const retained = tables.flatMap((table) =>
    (table.retentions ?? []).map((retention) => ({ table, retention })),
  );
  const steps = retained.map(({ table, retention }) => step(table, retention, tables));
  const parents = tables.filter(({ partition }) => partition?.every !== undefined);
  return {
    name: 'daily_maintenance',
    parameters: 'max_rows_per_table integer default 10000',
    types: 'integer',
    returns: 'jsonb',
    body: `declare
  removed bigint;
  deleted jsonb := '{}';
  left_alone jsonb := '{}';
  partitions jsonb := '[]';
  unfinished boolean := false;
  run_at timestamptz := now();
begin
  if not pg_try_advisory_xact_lock(${MAINTENANCE_LOCK.join(', ')}) then
    return jsonb_build_object('skipped', 'another maintenance is running');
  end if;
${[...steps, ...parents.map(makePartitions)].join('\n')}
  return jsonb_build_object('deleted', deleted, 'left', left_alone, 'partitions', partitions, 'unfinished', unfinished);
end`,
  };
}

const nameOf = (table: Table): string => quoteName(schemaOf(table), table.name);

function step(table: Table, retention: Retention, tables: readonly Table[]): string {
  const place = quoteText(qualifiedName(table, retention.column));
  const leave = (reason: string): string =>
    `  left_alone := left_alone || jsonb_build_object(${place}, ${quoteText(reason)});`;
  if (retention.archive) return leave('its rows are archived first: run garden maintain');
  if (table.partition) return leave('its partitions are dropped: run garden maintain');
  const on = nameOf(table);
  const { from, where } = expiredRows(on, retention, 'run_at');
  return `  begin
    with doomed as materialized (
      select r.ctid as id from ${from}
      where ${where}${unreferenced(referencesTo(table, tables))}
      limit max_rows_per_table for update of r skip locked
    )
    delete from ${on} d where d.ctid = any (array(select id from doomed));
    get diagnostics removed = row_count;
    deleted := deleted || jsonb_build_object(${place}, removed);
    unfinished := unfinished or removed >= max_rows_per_table;
    if removed > 0 then execute ${quoteText(`analyze (skip_locked) ${on}`)}; end if;
  exception when foreign_key_violation or insufficient_privilege then
    left_alone := left_alone || jsonb_build_object(${place}, sqlerrm);
  end;`;
}

const makePartitions = (table: Table): string =>
  `  partitions := partitions || (select coalesce(jsonb_agg(part), '[]') from public.make_partitions(${quoteText(nameOf(table))}::regclass) as part);`;
