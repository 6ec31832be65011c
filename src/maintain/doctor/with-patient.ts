import { connectionFailure } from '../../postgres/connection-failure.ts';
import { parseDatabaseUrl } from '../../postgres/database-url.ts';
import type { PgliteLike } from '../../postgres/pglite-session.ts';
import { connectPostgres, type PostgresConnection } from '../../postgres/postgres-connection.ts';
import { readServerFacts, serverProblem } from '../../postgres/server-problem.ts';
import { ProblemError } from '../../report/problem.ts';
import type { MaintenanceTarget } from '../maintenance-target.ts';
import type { Patient } from './patient.ts';

/** Time limit of one statement. */
const SECONDS = 60;
const LIMITS = `set local statement_timeout = '${SECONDS}s'; set local lock_timeout = '5s'; set local jit = off`;

/**
 * Runs `work` on a live database. Of a server, a standby is sufficient. A PGlite stays open.
 *
 * @param work also gets the database as messages show it, without a password.
 */
export async function withPatient<Result>(
  target: MaintenanceTarget,
  signal: AbortSignal | undefined,
  work: (patient: Patient, place: string) => Promise<Result>,
): Promise<Result> {
  if (typeof target !== 'string') return work(pglitePatient(target, signal), 'PGlite');
  const url = parseDatabaseUrl(target);
  try {
    const connection = await connectPostgres(url, 'garden doctor', signal);
    const cancel = (): void => connection.cancel();
    signal?.addEventListener('abort', cancel);
    try {
      const facts = await readServerFacts(connection);
      const problem = serverProblem({ ...facts, inRecovery: false, readOnly: false }, url.place);
      if (problem !== undefined) throw new ProblemError(problem);
      return await work(serverPatient(connection, signal), url.place);
    } finally {
      signal?.removeEventListener('abort', cancel);
      await connection.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw connectionFailure(error, url.place);
  }
}

const serverPatient = (
  connection: PostgresConnection,
  signal: AbortSignal | undefined,
): Patient => ({
  embedded: false,
  async query<Row>(sql: string, settings = '') {
    signal?.throwIfAborted();
    try {
      await connection.run(
        `begin transaction isolation level repeatable read read only; ${LIMITS}; ${settings}`,
      );
      return await connection.rows<Row>(sql);
    } finally {
      if (!connection.lost) await connection.run('rollback').catch(() => {});
    }
  },
});

const pglitePatient = (client: PgliteLike, signal: AbortSignal | undefined): Patient => ({
  embedded: true,
  query: async <Row>(sql: string, settings = '') => {
    signal?.throwIfAborted();
    return client.transaction(async (tx) => {
      await tx.exec(`set transaction read only; ${settings}`);
      return (await tx.query<Row>(sql)).rows;
    });
  },
});
