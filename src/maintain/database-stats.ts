import type { Session } from '../postgres/session.ts';
import { OWN } from './doctor/own-relations.ts';

/** Sizes and statistics of one table. Times are ISO 8601. */
export interface TableStats {
  readonly table: string;
  readonly rows: number;
  readonly deadRows: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
  readonly totalBytes: number;
  readonly sequentialScans: number;
  readonly indexScans: number;
  readonly lastVacuum: string | null;
  readonly lastAnalyze: string | null;
}

/** One row for each table, the largest first; also the body of `get_database_stats()`. */
export const STATS: string = `with ${OWN}
  select format('%s.%s', schema, name) as table_name,
    greatest(case when n_live_tup > 0 then n_live_tup else reltuples end, 0)::bigint as estimated_rows,
    coalesce(n_dead_tup, 0)::bigint as dead_rows,
    pg_table_size(own.oid) as table_bytes, pg_indexes_size(own.oid) as index_bytes,
    pg_total_relation_size(own.oid) as total_bytes,
    coalesce(seq_scan, 0)::bigint as sequential_scans, coalesce(idx_scan, 0)::bigint as index_scans,
    greatest(last_vacuum, last_autovacuum) as last_vacuum,
    greatest(last_analyze, last_autoanalyze) as last_analyze
  from own left join pg_stat_all_tables on relid = own.oid
  where kind in ('r', 'm') order by pg_total_relation_size(own.oid) desc, 1`;

/** Reads the statistics of all tables. */
export async function databaseStats(session: Session): Promise<readonly TableStats[]> {
  const [row] = await session.rows<{ readonly stats: string }>(`
    select coalesce(json_agg(json_build_object('table', table_name, 'rows', estimated_rows,
      'deadRows', dead_rows, 'tableBytes', table_bytes, 'indexBytes', index_bytes,
      'totalBytes', total_bytes, 'sequentialScans', sequential_scans, 'indexScans', index_scans,
      'lastVacuum', last_vacuum, 'lastAnalyze', last_analyze)), '[]')::text as stats
    from (${STATS}) as stats`);
  return JSON.parse(row?.stats ?? '[]') as readonly TableStats[];
}
