import { companionSql } from '../../../kit/index.ts';
import { claimFunction } from './functions/claim.ts';
import { completeFunction } from './functions/complete.ts';
import { enqueueFunction } from './functions/enqueue.ts';
import { failFunction } from './functions/fail.ts';
import { heartbeatFunction, recoverFunction, releaseFunction } from './functions/hold.ts';
import { QUEUE_SCHEMA } from './functions/queue-function.ts';
import { turnFunction } from './functions/turn.ts';

const REQUESTS = '"public"."package_requests"';

/**
 * Database objects that the queue needs in addition to its table. Export them from the schema that
 * exports the table.
 */
export const queueObjects = companionSql(
  { key: `schema ${QUEUE_SCHEMA}`, create: `create schema if not exists ${QUEUE_SCHEMA};` },
  enqueueFunction,
  claimFunction,
  completeFunction,
  turnFunction,
  failFunction,
  heartbeatFunction,
  releaseFunction,
  recoverFunction,
  {
    key: `function ${QUEUE_SCHEMA}.notify()`,
    create: `create or replace function ${QUEUE_SCHEMA}.notify() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify('package_requests', '');
  return null;
end
$$;`,
    drop: `drop function if exists ${QUEUE_SCHEMA}.notify();`,
  },
  {
    // Per statement: Postgres would merge per-row notifications with the same payload anyway.
    key: `trigger ${REQUESTS} notify_workers`,
    create: `create or replace trigger notify_workers after insert on ${REQUESTS}
for each statement execute function ${QUEUE_SCHEMA}.notify();`,
    drop: `drop trigger if exists notify_workers on ${REQUESTS};`,
    on: REQUESTS,
  },
  {
    // The low fillfactor leaves room for HOT updates, so that a claim does not touch the indexes.
    // The default scale factor (0.2) would delay autovacuum too long on a large table.
    key: `settings of ${REQUESTS}`,
    create: `alter table ${REQUESTS} set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);`,
    drop: `alter table ${REQUESTS} reset (fillfactor = 50, autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor);`,
    on: REQUESTS,
  },
);
