import { keyOf, type Target } from '../resolve/target.ts';
import { arrayOf, statement, type Statement } from './statement.ts';

/** Any number will do that nobody else takes. */
const GARDEN = 7_214_003_118;

/** More locks than this fill the table that Postgres has for all of them. */
const MOST_NAMES = 64;

/**
 * Two packages that depend on each other, written at the same time, do not see each
 * other's rows: neither would link to the other. So from here to the end of the
 * transaction a package's name is its writer's alone, while those who depend on it share
 * it. Whoever comes later sees what the other has written. All take their locks in one
 * order, and none before its own rows are written, so that nobody waits in a circle. What
 * needs too many names has the garden alone.
 */
export function lockNames(own: Target, needs: readonly Target[]): Statement {
  if (needs.length > MOST_NAMES) {
    return statement`select pg_advisory_xact_lock(${String(GARDEN)}::text::bigint)`;
  }
  return statement`select case when alone then pg_advisory_xact_lock(key) else pg_advisory_xact_lock_shared(key) end
        from (select key, bool_or(alone) as alone from (
            select ${String(GARDEN)}::text::bigint as key, false as alone
            union all select hashtextextended(${keyOf(own)}, ${String(GARDEN)}::text::bigint), true
            union all select hashtextextended(name, ${String(GARDEN)}::text::bigint), false
            from unnest(${arrayOf(needs.map(keyOf))}::text::text[]) as need (name)) as wanted
          group by key order by key = ${String(GARDEN)}::text::bigint desc, key offset 0) as locks`;
}
