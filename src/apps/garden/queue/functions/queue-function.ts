import type { CompanionStatement } from '../../../../model/companion-statement.ts';

/** Schema of the queue's functions. The application role has no privileges on it. */
export const QUEUE_SCHEMA = 'queue';

interface QueueFunction {
  readonly name: string;
  /** Name and type, for example `holder text`. */
  readonly parameters: readonly string[];
  readonly returns: string;
  /** plpgsql block, from `declare` or `begin` to `end`. */
  readonly body: string;
}

/**
 * Defines a function of the queue. It is plpgsql because each statement inside it takes a new
 * snapshot: it sees rows that others committed while it waited for a lock, which a single statement
 * does not. plpgsql also caches the plans for the session.
 */
export function queueFunction(definition: QueueFunction): CompanionStatement {
  const { name, parameters, returns, body } = definition;
  const types = parameters.map((parameter) => parameter.slice(parameter.indexOf(' ') + 1));
  const signature = `${QUEUE_SCHEMA}.${name}(${types.join(', ')})`;
  return {
    // The key has every part that `create or replace` cannot change. A change to one of them drops
    // and creates the function.
    key: `function ${QUEUE_SCHEMA}.${name}(${parameters.join(', ')}) returns ${returns}`,
    create: `create or replace function ${QUEUE_SCHEMA}.${name}(${parameters.join(', ')}) returns ${returns}
language plpgsql
set search_path = pg_catalog, public, pg_temp
-- A role that the policies hold would silently see a part of the queue: an error instead.
set row_security = off
-- The tables grow a thousandfold between two looks of autovacuum at them, and the plans
-- stay: the only ones that are right at every size go by the indexes.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
${body}
$$;`,
    drop: `drop function if exists ${signature};`,
  };
}

/**
 * SQL condition: `holder` still holds `q` under the lease `l`. The CASE prevents a plan that scans
 * all fetching requests for each row instead of looking up one key.
 */
export const LEASE_HOLDS = `q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end`;
