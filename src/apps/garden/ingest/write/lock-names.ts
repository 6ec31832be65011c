import { createHash } from 'node:crypto';
import { keyOf, type Target } from '../resolve/target.ts';
import { arrayOf, statement, type Statement } from './statement.ts';

/** Any number will do that nobody else takes. It comes before all names. */
const GARDEN = -(2n ** 63n);

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
  const alone = needs.length > MOST_NAMES ? GARDEN : numberOf(own);
  const shared = alone === GARDEN ? [] : [GARDEN, ...needs.map(numberOf)];
  const keys = [...new Set([alone, ...shared])].sort((a, b) => (a < b ? -1 : 1));
  return statement`select case when key = ${String(alone)}::text::bigint
          then pg_advisory_xact_lock(key) else pg_advisory_xact_lock_shared(key) end
        from unnest(${arrayOf(keys.map(String))}::text::bigint[]) as locks (key)`;
}

const numberOf = (target: Target): bigint =>
  createHash('sha256')
    .update(`garden ${keyOf(target)}`)
    .digest()
    .readBigInt64BE();
