import { sql, type BuildColumns, type SQL } from 'drizzle-orm';
import { pgView, type PgColumnBuilderBase, type PgViewWithSelection } from 'drizzle-orm/pg-core';
import { refuseRoleName } from '../access/refuse-role.ts';
import { markReaders } from '../mark.ts';
import {
  indexUsageColumns,
  performanceColumns,
  slowQueryColumns,
  slowTableColumns,
  unusedIndexColumns,
  type IndexUsageColumns,
  type PerformanceColumns,
  type SlowQueryColumns,
  type SlowTableColumns,
  type UnusedIndexColumns,
} from './monitoring-columns.ts';

type MonitoringView<Name extends string, Columns extends object> = PgViewWithSelection<
  Name,
  false,
  BuildColumns<Name, Columns & Record<string, PgColumnBuilderBase>, 'pg'>
>;

/** The views of {@link monitoringViews}. */
export interface MonitoringViews {
  /** Size, rows, dead rows and vacuum of each table, the largest first. */
  readonly performanceMonitoring: MonitoringView<'performance_monitoring', PerformanceColumns>;
  /** How often each index was used, the most used first. */
  readonly indexUsageSummary: MonitoringView<'index_usage_summary', IndexUsageColumns>;
  /** Indexes that no query has used since the statistics were reset, and that no constraint needs. */
  readonly unusedIndexes: MonitoringView<'unused_indexes', UnusedIndexColumns>;
  /** Tables that queries read in full, the most rows first. */
  readonly slowTables: MonitoringView<'slow_tables', SlowTableColumns>;
  /** Statements that have been running for more than a second, the longest first. */
  readonly slowQueries: MonitoringView<'slow_queries', SlowQueryColumns>;
}

/**
 * Views of the statistics of Postgres, for the database role of an operator. Export them from
 * the schema, by their names. `garden generate` writes the views, the role and its grants.
 *
 * They are `security_invoker` views: the operator sees what its own rights allow. To show the
 * statements of other roles, `slow_queries` needs `grant pg_read_all_stats to` the operator.
 *
 * @example
 * export const { performanceMonitoring, indexUsageSummary, unusedIndexes, slowTables, slowQueries } =
 *   monitoringViews({ operator: 'app_operator' });
 */
export function monitoringViews({ operator }: { readonly operator: string }): MonitoringViews {
  refuseRoleName(operator);
  const view = <Name extends string, Columns extends object>(
    name: Name,
    columns: Columns,
    query: SQL,
  ): MonitoringView<Name, Columns> => {
    // Drizzle's type of the columns is an index signature, which an interface does not have.
    const typed = columns as Columns & Record<string, PgColumnBuilderBase>;
    const made = pgView(name, typed).with({ securityInvoker: true }).as(query);
    markReaders(made, [operator]);
    return made;
  };
  return {
    performanceMonitoring: view('performance_monitoring', performanceColumns(), PERFORMANCE),
    indexUsageSummary: view('index_usage_summary', indexUsageColumns(), INDEX_USAGE),
    unusedIndexes: view('unused_indexes', unusedIndexColumns(), UNUSED_INDEXES),
    slowTables: view('slow_tables', slowTableColumns(), SLOW_TABLES),
    slowQueries: view('slow_queries', slowQueryColumns(), SLOW_QUERIES),
  };
}

// The statistics views have relname and indexrelname, not tablename and indexname. The size is
// that of the object id: a name such as "Orders" or "a.b" would have to be quoted.
const PERFORMANCE = sql`select schemaname::text as schemaname, relname::text as tablename,
  pg_size_pretty(pg_total_relation_size(relid)) as size,
  n_live_tup as row_count, n_dead_tup as dead_rows, last_vacuum, last_autovacuum
from pg_stat_user_tables
order by pg_total_relation_size(relid) desc`;

const INDEX_USAGE = sql`select schemaname::text as schemaname, relname::text as tablename,
  indexrelname::text as indexname, idx_scan as index_scans, idx_tup_read as tuples_read,
  idx_tup_fetch as tuples_fetched, pg_size_pretty(pg_relation_size(indexrelid)) as index_size
from pg_stat_user_indexes
order by idx_scan desc`;

// An index of a partitioned table is used if the index of any partition is.
const UNUSED_INDEXES = sql`select space.nspname::text as schemaname, tables.relname::text as tablename,
  class.relname::text as indexname, pg_size_pretty(used.size) as index_size,
  pg_get_indexdef(class.oid) as definition
from (
  select coalesce(pg_partition_root(indexrelid), indexrelid) as oid, sum(idx_scan) as scans,
    sum(pg_relation_size(indexrelid))::bigint as size
  from pg_stat_user_indexes group by 1
) as used
join pg_index as one on one.indexrelid = used.oid
join pg_class as class on class.oid = used.oid
join pg_class as tables on tables.oid = one.indrelid
join pg_namespace as space on space.oid = tables.relnamespace
where used.scans = 0 and not one.indisunique and not one.indisexclusion and not one.indisreplident
order by used.size desc`;

const SLOW_TABLES = sql`select schemaname::text as schemaname, relname::text as tablename,
  seq_scan as full_scans, seq_tup_read as rows_read, seq_tup_read / seq_scan as rows_per_scan,
  coalesce(idx_scan, 0) as index_scans
from pg_stat_user_tables
where seq_scan > 0
order by seq_tup_read desc`;

const SLOW_QUERIES = sql`select pid, usename::text as rolename, application_name,
  extract(epoch from clock_timestamp() - query_start)::double precision as seconds,
  wait_event_type || ': ' || wait_event as waits_for, query
from pg_stat_activity
where datname = current_database() and state = 'active' and pid <> pg_backend_pid()
  and query_start < clock_timestamp() - interval '1 second'
order by query_start`;
