import {
  regclassText,
  withoutQueue,
  type PartitionedTable,
  type SqlClient,
} from './partition-sql.ts';

export interface DropPartitionsOptions {
  /** Partitions that end at or before this time are dropped. */
  readonly before: Date;
}

interface OldPartition {
  readonly part: string;
  readonly state: 'attached' | 'pending' | 'detached';
}

/**
 * Detaches and drops the partitions that only have rows before a time. Returns their names,
 * the oldest first. It waits for transactions that use a partition, and blocks no writer
 * longer than 100 ms. A run after an interruption continues.
 *
 * DETACH CONCURRENTLY does not run in a transaction: pass a client, not a transaction. Run it
 * as the owner of the table.
 *
 * @example
 * import postgres from 'postgres';
 *
 * const client = postgres('postgres://owner@localhost/app');
 * await dropPartitions(client, 'public.requests', { before: new Date('2026-01-01') });
 */
export async function dropPartitions(
  sql: SqlClient,
  table: PartitionedTable,
  { before }: DropPartitionsOptions,
): Promise<readonly string[]> {
  const parent = regclassText(table);
  const old = (await sql.unsafe(
    oldPartitions(parent, before),
  )) as unknown as readonly (OldPartition & {
    readonly parent: string;
  })[];
  for (const { part, parent: name, state } of old) {
    if (state === 'attached') {
      await sql.unsafe(`alter table ${name} detach partition ${part} concurrently`);
    } else if (state === 'pending') {
      await withoutQueue(sql, `alter table ${name} detach partition ${part} finalize`);
    }
    await withoutQueue(sql, `drop table ${part}`);
  }
  return old.map(({ part }) => part);
}

/** Partitions by their upper bound; detached ones of an interrupted run by their name. */
const oldPartitions = (parent: string, before: Date): string => `
  with parent as (select oid, relname, relnamespace from pg_class where oid = ${parent}::regclass),
  found as (
    select part.oid, case when inhdetachpending then 'pending' else 'attached' end as state,
      (regexp_match(pg_get_expr(part.relpartbound, part.oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz as until
    from parent join pg_inherits on inhparent = parent.oid join pg_class part on part.oid = inhrelid
    union all
    select part.oid, 'detached', case when length(digits) = 7
      then (to_date(digits, 'YYYY_MM') + interval '1 month') at time zone 'UTC'
      else (to_date(digits, 'YYYY_MM_DD') + interval '1 day') at time zone 'UTC' end
    from parent join pg_class part on part.relnamespace = parent.relnamespace
      and part.relkind = 'r' and not part.relispartition
      and starts_with(part.relname, parent.relname || '_p'),
    substr(part.relname, length(parent.relname) + 2) as tail, substr(tail, 2) as digits
    where tail ~ '^p[0-9]{4}_[0-9]{2}(_[0-9]{2})?$'
  )
  select found.oid::regclass::text as part, parent.oid::regclass::text as parent, state
  from found, parent where until <= '${before.toISOString()}' order by until`;
