import type { CompanionStatement } from '../../../../model/companion-statement.ts';

/** The schema of the queue's functions. The application's role has no business in it, and no right to. */
export const QUEUE_SCHEMA = 'queue';

interface QueueFunction {
  readonly name: string;
  /** Each with its type: `holder text`. */
  readonly parameters: readonly string[];
  readonly returns: string;
  /** plpgsql, from `declare` or `begin` on. */
  readonly body: string;
}

/**
 * A function of the queue. plpgsql, because each statement in one looks at the
 * database anew: what others committed while it waited for a lock is seen, which one
 * statement by itself cannot do. Its plans are kept for the session, too.
 */
export function queueFunction(definition: QueueFunction): CompanionStatement {
  const { name, parameters, returns, body } = definition;
  const types = parameters.map((parameter) => parameter.slice(parameter.indexOf(' ') + 1));
  const signature = `${QUEUE_SCHEMA}.${name}(${types.join(', ')})`;
  return {
    // With all that `create or replace` refuses to change: another such function is made anew.
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
 * The condition that `q` is still held under the lease `l` of `holder`. In a CASE, so
 * that the plan cannot read all that is being fetched for each row instead of one key.
 */
export const LEASE_HOLDS = `q.id = l.id and case q.status when 'fetching'
      then q.locked_by = holder and q.attempt_count = l.attempt and q.locked_until > clock_timestamp()
      else false end`;
