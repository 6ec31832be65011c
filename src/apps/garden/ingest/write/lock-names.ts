import { createHash } from 'node:crypto';
import { keyOf, type Target } from '../resolve/target.ts';
import { arrayOf, statement, type Statement } from './statement.ts';

/** An unused lock key that sorts before all keys of names. */
const GARDEN = -(2n ** 63n);

/** More locks would exhaust the lock table of Postgres. */
const MOST_NAMES = 64;

/**
 * Two transactions that write packages which depend on each other do not see each other's rows, so
 * neither would link to the other. Therefore a transaction locks its own package name exclusively
 * and the names of its dependencies in shared mode, until it ends. The later transaction then sees
 * the rows of the earlier one. All transactions take the locks after writing their rows and in the
 * same order, which prevents deadlocks. A package with too many dependencies takes one exclusive
 * lock on the whole catalogue.
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
