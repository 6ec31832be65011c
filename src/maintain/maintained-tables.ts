import type { Session } from '../postgres/session.ts';
import { OWN } from './doctor/own-relations.ts';

/** A table or materialized view that the login role may vacuum. */
export interface MaintainedTable {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly kind: 'table' | 'materialized view';
  /** Whether many of its rows are dead, or changed since the last ANALYZE. */
  readonly isDue: boolean;
  /** Whether it can be refreshed without blocking its readers. */
  readonly isUnique: boolean;
}

/** The condition that the login role may run VACUUM and ANALYZE on a relation of `own`. */
export const MAY_MAINTAIN = `case when current_setting('server_version_num')::int >= 170000
    then has_table_privilege(own.oid, 'MAINTAIN') else pg_has_role(own.relowner, 'USAGE') end`;

/** Lists them by name. Of a partitioned table, its partitions are in the list. */
export async function maintainedTables(session: Session): Promise<readonly MaintainedTable[]> {
  const rows = await session.rows<{
    readonly name: string;
    readonly kind: 'r' | 'm';
    readonly due: boolean;
    readonly is_unique: boolean;
  }>(`with ${OWN}
    select format('%I.%I', schema, name) as name, kind::text as kind,
      coalesce(n_dead_tup > 1000 + 0.05 * n_live_tup or n_mod_since_analyze > 500 + 0.05 * n_live_tup, true) as due,
      exists (select from pg_index where indrelid = own.oid and indisunique and indisvalid
        and indpred is null and indexprs is null) as is_unique
    from own left join pg_stat_all_tables on relid = own.oid
    where kind in ('r', 'm') and ${MAY_MAINTAIN} order by 1`);
  return rows.map(({ name, kind, due, is_unique: isUnique }) => ({
    name,
    kind: kind === 'r' ? 'table' : 'materialized view',
    isDue: due,
    isUnique,
  }));
}
