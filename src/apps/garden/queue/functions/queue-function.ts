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
-- Raises an error instead of silently hiding rows from a role that is subject to the policies.
set row_security = off
-- Cached plans must stay good while tables grow a thousandfold between two autovacuum runs,
-- so only index plans are allowed.
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
