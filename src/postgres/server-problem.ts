import type { Problem } from '../report/problem.ts';
import type { Executor } from './session.ts';

/** Properties of a server. */
export interface ServerFacts {
  /** `server_version_num`, for example 150004. */
  readonly version: number;
  readonly inRecovery: boolean;
  readonly readOnly: boolean;
}

const oldestMajor = 15;

export async function readServerFacts(executor: Executor): Promise<ServerFacts> {
  const [row] = await executor.rows<{ version: string; recovery: string; read_only: string }>(`
    select current_setting('server_version_num') as version,
      pg_catalog.pg_is_in_recovery()::text as recovery,
      current_setting('transaction_read_only') as read_only`);
  return {
    version: Number(row?.version),
    inRecovery: row?.recovery === 'true',
    readOnly: row?.read_only === 'on',
  };
}

/** The reason why a server cannot be migrated, if there is one. */
export function serverProblem(facts: ServerFacts, place: string): Problem | undefined {
  const major = Math.floor(facts.version / 10_000);
  if (major < oldestMajor) {
    return {
      code: 'database/too-old',
      message: `the server runs Postgres ${major}, but the migrations need ${oldestMajor} or later.`,
      context: [place],
      fix: `upgrade the server to Postgres ${oldestMajor} or later.`,
    };
  }
  if (facts.inRecovery) {
    return {
      code: 'database/standby',
      message: 'the server is a standby or in recovery, so it is read-only.',
      context: [place],
      fix: 'use the URL of the primary, or wait until the recovery is complete (see the log of the server).',
    };
  }
  if (facts.readOnly) {
    return {
      code: 'database/read-only',
      message: 'the database is read-only (default_transaction_read_only is on).',
      context: [place],
      fix: 'find out why it is read-only; then run ALTER DATABASE … SET default_transaction_read_only = off, or the same for the role.',
    };
  }
  return undefined;
}
